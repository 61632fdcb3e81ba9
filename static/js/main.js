// The start of every page: the frame around it, and keeping in step with the server.
import "./components/account-chip.js";
import "./components/install-hint.js";
import "./components/offline-status.js";
import "./components/update-prompt.js";
import { startSync } from "./data/logbook.js";

// Where the browser gives us no store (some private windows), the plan can still be read.
startSync().catch(() => {});
