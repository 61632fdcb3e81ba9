/** @typedef {Record<string, import("../figure/poses.js").Figure>} Poses by the slug of the exercise */

/**
 * Return `/poses.json`, what every figure does; the worker holds it for offline.
 * @returns {Promise<Poses>}
 */
export async function loadPoses() {
  const answer = await fetch("/poses.json");
  if (!answer.ok) throw new Error(`/poses.json answered ${answer.status}`);
  return answer.json();
}
