// The start of every page: what the header and the frame around a page need.
import "./components/offline-status.js";
import "./components/update-prompt.js";
