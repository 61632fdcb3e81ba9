// The limits of a field, as the server wrote them into the form, checked on the phone. The
// sentence to show comes with the field (data-error), so both sides say the same thing.

/**
 * @typedef {object} Rule
 * @property {boolean} [required]
 * @property {number} [min] whole numbers only
 * @property {number} [max]
 * @property {string} [from] first date, YYYY-MM-DD
 * @property {string} [until] last date
 * @property {number} [maxLength] in characters, not in UTF-16 units
 * @property {string[]} [choices]
 * @property {string} error the sentence
 */

/**
 * True when the value keeps the rule.
 * @param {string} value as typed
 * @param {Rule} rule
 */
export function keeps(value, rule) {
  if (value.trim() === "") return !rule.required;
  if (rule.choices) return rule.choices.includes(value);
  if (rule.from !== undefined || rule.until !== undefined) return isDay(value, rule);
  if (rule.min !== undefined || rule.max !== undefined) return isWhole(value.trim(), rule);
  return rule.maxLength === undefined || characters(value) <= rule.maxLength;
}

/**
 * The sentences for all values that break their rule.
 * @param {Record<string, string>} values
 * @param {Record<string, Rule>} rules
 * @returns {Record<string, string>} in the order of the rules
 */
export function check(values, rules) {
  const broken = Object.entries(rules).filter(([name, rule]) => !keeps(values[name] ?? "", rule));
  return Object.fromEntries(broken.map(([name, rule]) => [name, rule.error]));
}

/**
 * Characters as Python counts them: an emoji of one code point is one.
 * @param {string} text
 */
export function characters(text) {
  return [...text].length;
}

/**
 * @param {string} value
 * @param {Rule} rule
 */
function isWhole(value, { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }) {
  return /^[+-]?\d+$/.test(value) && Number(value) >= min && Number(value) <= max;
}

/**
 * @param {string} value
 * @param {Rule} rule
 */
function isDay(value, { from = "", until = "9" }) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  const real = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
  return real && value >= from && value <= until;
}
