/**
 * UUID version 7 (RFC 9562): sortable ids that this phone makes on its own.
 *
 * @typedef {{ms: number, counter: number}} Tick the last time used; never goes back
 */

const COUNTER_END = 0x1000;

/**
 * Return the next id and the tick to keep. A clock that steps back or stands still moves only
 * the 12-bit counter; a spent counter borrows the next millisecond.
 *
 * @param {Tick | undefined} last
 * @param {number} now ms since the epoch
 * @param {(bytes: Uint8Array<ArrayBuffer>) => Uint8Array} random fills the bytes
 * @returns {{id: string, tick: Tick}}
 */
export function nextUuid7(last, now, random) {
  const bytes = random(new Uint8Array(16));
  const tick = nextTick(last, Math.floor(now), ((bytes[6] & 0x07) << 8) | bytes[7]);
  for (let i = 5, ms = tick.ms; i >= 0; i--, ms = Math.floor(ms / 256)) bytes[i] = ms % 256;
  bytes[6] = 0x70 | (tick.counter >> 8);
  bytes[7] = tick.counter & 0xff;
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return { id: hyphenate(bytes), tick };
}

/** The tick that an id was made of. @param {string} id @returns {Tick} */
export const tickOf = (id) => ({
  ms: parseInt(id.slice(0, 8) + id.slice(9, 13), 16),
  counter: parseInt(id.slice(15, 18), 16),
});

/** @param {Tick} tick @param {Tick} [other] none: never yet */
export const isLater = ({ ms, counter }, other = { ms: 0, counter: 0 }) =>
  ms > other.ms || (ms === other.ms && counter > other.counter);

/**
 * Return what makes ids, each after the one before. The ids of one moment share half of their
 * text: the sets of a session pack to two thirds of what random ids do.
 *
 * @param {() => number} now
 * @param {(bytes: Uint8Array<ArrayBuffer>) => Uint8Array} random fills the bytes
 * @returns {() => string}
 */
export function uuid7Maker(now, random) {
  /** @type {Tick | undefined} */
  let last;
  return () => {
    const { id, tick } = nextUuid7(last, now(), random);
    last = tick;
    return id;
  };
}

/**
 * A random UUID, version 4.
 *
 * @param {(bytes: Uint8Array<ArrayBuffer>) => Uint8Array} random fills the bytes
 */
export function uuid4(random) {
  const bytes = random(new Uint8Array(16));
  bytes[6] = 0x40 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return hyphenate(bytes);
}

/**
 * @param {Tick | undefined} last
 * @param {number} now
 * @param {number} start of the counter, random in its lower half
 * @returns {Tick}
 */
function nextTick(last, now, start) {
  if (!last || now > last.ms) return { ms: now, counter: start };
  if (last.counter + 1 < COUNTER_END) return { ms: last.ms, counter: last.counter + 1 };
  return { ms: last.ms + 1, counter: start };
}

/** @param {Uint8Array} bytes */
function hyphenate(bytes) {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
