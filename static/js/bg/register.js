/** Asking the browser to send what waits once there is a network, with no page open. */

/** No page lies below it, so this worker stands in nobody's way. */
const SCOPE = "/static/js/bg/";

/**
 * Have the worker ready while there is a network to fetch it by.
 *
 * @param {string} version of the app: another one is another worker
 */
export async function prepare(version) {
  const script = `${SCOPE}worker.js?v=${version}`;
  /** @type {RegistrationOptions} */
  const options = { type: "module", scope: SCOPE, updateViaCache: "none" };
  await navigator.serviceWorker.register(script, options);
}

/** Something waits. Where the worker is not there yet, the next page that opens sends it. */
export async function wakeLater() {
  const registration = /** @type {any} */ (await navigator.serviceWorker.getRegistration(SCOPE));
  // Until it is registered, this finds the worker of the pages.
  const ours = registration?.scope.endsWith(SCOPE);
  if (ours && registration.active) await registration.sync.register("dbs-outbox");
}
