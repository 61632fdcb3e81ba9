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

/** Take a release that waits, or fetch the page anew where none does. */
export async function takeUpdateOrReload() {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration?.waiting) await takeUpdate();
  else location.reload();
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
