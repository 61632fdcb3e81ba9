// Drag a row of a list to another place, by its grip; the keyboard has buttons for that.

/** Near the upper or lower edge of the window, the page moves along. In pixels. */
const EDGE = 90;
const STEP = 14;

/**
 * Follow a finger or a mouse from its first touch on a grip.
 * @param {PointerEvent} event the touch
 * @param {object} with_
 * @param {() => HTMLElement[]} with_.rows in their order
 * @param {number} with_.from the row it began on
 * @param {(slot: number | null) => void} with_.over called with the gap that it would fall into, 0
 *   being that before the first row; null: it ends
 * @param {(to: number) => void} with_.drop called with its new place, if it has one
 */
export function drag(event, { rows, from, over, drop }) {
  const grip = /** @type {HTMLElement} */ (event.currentTarget);
  if (event.button !== 0) return;
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  const listening = new AbortController();
  const { signal } = listening;
  let slot = from;
  const end = () => {
    listening.abort();
    over(null);
  };
  grip.addEventListener(
    "pointermove",
    ({ clientY: y }) => {
      if (y < EDGE) scrollBy(0, -STEP);
      else if (y > innerHeight - EDGE * 2) scrollBy(0, STEP);
      slot = rows().filter((row) => y > middle(row)).length;
      over(slot);
    },
    { signal },
  );
  grip.addEventListener("pointercancel", end, { signal });
  grip.addEventListener(
    "pointerup",
    () => {
      end();
      const to = placeOf(from, slot);
      if (to !== from) drop(to);
    },
    { signal },
  );
}

/**
 * Where a row ends up that leaves its place and falls into a gap.
 * @param {number} from
 * @param {number} slot
 */
export function placeOf(from, slot) {
  return slot > from ? slot - 1 : slot;
}

/** @param {HTMLElement} row */
function middle(row) {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}
