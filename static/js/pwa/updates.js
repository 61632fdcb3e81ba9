// A new release waits until the rider takes it, then every open page changes over together.

import { isBusy, onBusyChange, tellsNews } from "./busy.js";
import { canWorkOffline } from "./worker.js";

/**
 * Call `offer` when a new release waits to be taken.
 * @param {() => void} offer
 */
export async function watchUpdates(offer) {
  if (!canWorkOffline) return;
  reloadOnTakeOver();
  const registration = await navigator.serviceWorker.ready;
  if (registration.waiting) offer();
  const arriving = () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => worker.state === "installed" && offer());
  };
  arriving();
  registration.addEventListener("updatefound", arriving);
}

/** Let the waiting release take over; every page reloads once it has. */
export async function takeUpdate() {
  const registration = await navigator.serviceWorker.ready;
  registration.waiting?.postMessage("SKIP_WAITING");
}

/** Look for the newest release, bring it in and take it; where none comes, fetch the page anew. */
export async function fetchUpdate() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.update().catch(() => {}); // no signal: what is here will do
  await settled(registration?.installing);
  if (registration?.waiting) await takeUpdate();
  else location.reload();
}

/** @param {ServiceWorker | null | undefined} worker that is being brought in, if one is */
function settled(worker) {
  if (!worker) return null;
  return new Promise((resolve) => {
    worker.addEventListener("statechange", resolve, { once: true });
  });
}

/** Reload once when another release takes over this page, as soon as that costs nothing. */
function reloadOnTakeOver() {
  const { serviceWorker } = navigator;
  let controlled = Boolean(serviceWorker.controller);
  let reloading = false;
  const reloadWhenFree = () => {
    if (reloading || isBusy() || tellsNews()) return;
    reloading = true;
    location.reload();
  };
  serviceWorker.addEventListener("controllerchange", () => {
    if (controlled) {
      onBusyChange(reloadWhenFree);
      reloadWhenFree();
    }
    controlled = true; // the first worker of a first visit changes nothing on the page
  });
}
