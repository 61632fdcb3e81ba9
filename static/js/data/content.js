/** The published content: exercises, routines, limits. The worker holds it for offline. */

/** @type {Promise<any> | null} */
let loading = null;

/** Return `/content.json`, read once a page; a failed read is forgotten, so a later one may do. */
export function loadContent() {
  loading ??= fetch("/content.json")
    .then((answer) => {
      if (!answer.ok) throw new Error(`/content.json answered ${answer.status}`);
      return answer.json();
    })
    .catch((error) => {
      loading = null;
      throw error;
    });
  return loading;
}
