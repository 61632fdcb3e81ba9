"""The sync, beside PouchDB, Valens and the bare database, in one run on one machine."""
