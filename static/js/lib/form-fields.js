// Reading and marking the fields of a form that the server wrote.
import { addDays } from "./days.js";

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/**
 * The fields by name, in the order of the page.
 * @param {HTMLFormElement} form
 * @returns {Record<string, Control>}
 */
export function fieldsOf(form) {
  const controls = [...form.querySelectorAll("input[name], select[name], textarea[name]")];
  return Object.fromEntries(controls.map((one) => [one.getAttribute("name"), one]));
}

/**
 * What is typed. Text that a number or date field cannot show as a value reads as "?", so that it
 * is refused rather than taken for nothing.
 * @param {Record<string, Control>} fields
 * @returns {Record<string, string>}
 */
export function valuesOf(fields) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, one]) => [name, one.validity.badInput ? "?" : one.value]),
  );
}

/**
 * The rules that the server wrote into the fields.
 * @param {Record<string, Control>} fields
 * @param {string} today a session may be dated tomorrow at the latest
 * @returns {Record<string, import("./field-rules.js").Rule>}
 */
export function rulesOf(fields, today) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, one]) => [name, ruleOf(one, today)]),
  );
}

/**
 * @param {Control} one
 * @param {string} today
 * @returns {import("./field-rules.js").Rule}
 */
function ruleOf(one, today) {
  const { error = "", maxLength, choices } = one.dataset;
  const rule = { required: one.required, error };
  if (choices !== undefined) return { ...rule, choices: choices.split(" ") };
  if (maxLength !== undefined) return { ...rule, maxLength: Number(maxLength) };
  if (one.type === "date") {
    return { ...rule, from: one.getAttribute("min") ?? "", until: addDays(today, 1) };
  }
  return { ...rule, min: Number(one.getAttribute("min")), max: Number(one.getAttribute("max")) };
}

/**
 * Show a sentence beside a field, or take it away.
 * @param {Control} field
 * @param {string} sentence empty: the field is right
 */
export function mark(field, sentence) {
  const line = document.getElementById(`${field.id}-error`);
  if (line) line.textContent = sentence;
  if (sentence) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

/** @param {Control} field */
export function labelOf(field) {
  return field.labels?.[0]?.textContent?.trim() ?? field.name;
}

/**
 * A value as the field shows it.
 * @param {Control} field
 * @param {string} value
 */
export function shown(field, value) {
  const options = field instanceof HTMLSelectElement ? [...field.options] : [];
  return (options.find((one) => one.value === value)?.text ?? value) || "nothing";
}

/**
 * Say something above the form, or take it back; what is typed stays untouched.
 * @param {HTMLFormElement} form
 * @param {string} words empty: there is nothing to say
 */
export function note(form, words) {
  const line = form.querySelector("[data-note]") ?? document.createElement("p");
  line.setAttribute("data-note", "");
  line.setAttribute("role", "status");
  line.className = "notice";
  line.toggleAttribute("hidden", !words);
  if (!line.isConnected) form.prepend(line);
  line.textContent = words;
}
