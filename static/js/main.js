// The start of every page: the frame around it, and keeping in step with the server.
import "./components/account-chip.js";
import "./components/offline-status.js";
import { startSync } from "./data/logbook.js";
import "./pwa/busy.js";
import { installWay, onInstallChange } from "./pwa/install.js";

// Where the browser gives us no store, the plan can still be read.
startSync().catch(async () => (await import("./components/no-log.js")).sayNoLog());

// What most first visits have nothing to show for is fetched when they have.
const hint = () => void (installWay() && import("./components/install-hint.js"));
onInstallChange(hint);
hint();
navigator.serviceWorker?.ready.then(() => import("./components/update-prompt.js"));
