/**
 * The shapes that the modules of the logbook share. Types only: nothing here runs.
 *
 * @typedef {Record<string, any>} Body what an entry says, by field
 * @typedef {"create" | "patch" | "delete"} Op
 * @typedef {{code: string, errors?: Record<string, string>}} Reason
 * @typedef {{set: Body, unset: string[]}} Patch
 *
 * The server's last known copy of an entry; `body` is null for a tombstone.
 * @typedef {{rev: number, seq: number, body: Body | null}} ServerCopy
 *
 * What the phone held of an entry when the server came back from a backup without it. `base` is
 * the revision that it may be sent again on top of: 0 if the server's copy went another way since.
 * @typedef {{code: "missing_on_server" | "older_on_server", body: Body | null, base: number,
 *   at: number}} Orphan
 *
 * One synced thing as the phone holds it. `body` is the view: the server's copy with the outbox
 * on top, or, once deleted, the last view before. `clock_off`: how many ms the phone was ahead of
 * the server when it was saved, if that is suspect. `lost` is what gave way when two devices met,
 * and `answered` the same while a change on top of it has yet to go up.
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} kind
 * @property {ServerCopy | null} server
 * @property {Body | null} body
 * @property {boolean} deleted
 * @property {"phone" | "synced" | "attention"} state
 * @property {Reason} [reason]
 * @property {Body} [lost]
 * @property {Body} [answered]
 * @property {Orphan} [orphan]
 * @property {number} [clock_off]
 * @property {number} [generation]
 * @property {[string, number, number, string]} [order]
 *
 * A row of the outbox. `tries` counts the requests it was part of; `whole` says that it makes
 * up for everything of its entry before it; `base` is the body it was made on, once the server
 * has a newer one; `retries` and `retry_since` (the server's time) count its answers of `retry`,
 * and `put_off_at` (ours) is when it was last tried after too many of them; `epoch` is that of the log
 * whose copy it was made on; `device` is the name that it goes up by, where others of this phone were out
 * of sight when it was made, and `by` the device in whose outbox it is.
 * @typedef {object} Mutation
 * @property {number} mid
 * @property {string} mutation_id
 * @property {string} kind
 * @property {string} id
 * @property {Op} op
 * @property {number} base_rev
 * @property {number} at
 * @property {string} tz
 * @property {Body} [set]
 * @property {string[]} [unset]
 * @property {"waiting" | "attention" | "put-off"} state
 * @property {number} tries
 * @property {number} [clock_off]
 * @property {number} [retries]
 * @property {number} [retry_since]
 * @property {number} [put_off_at]
 * @property {Reason} [reason]
 * @property {boolean} [whole]
 * @property {Body | null} [base]
 * @property {string} [epoch]
 * @property {string} [device]
 * @property {string} [by]
 *
 * @typedef {{id: string, email: string}} Rider
 *
 * What a screen sees of an entry.
 * @typedef {object} EntryView
 * @property {string} id
 * @property {string} kind
 * @property {Body} body
 * @property {"phone" | "synced" | "attention"} state
 * @property {boolean} deleted
 * @property {Reason} [reason]
 * @property {Body} [lost] edited on two devices: `rev`, and each field's value that gave way; no
 *   field at all: a deletion gave way
 * @property {number} [clockSuspect] ms that the phone was ahead of the server when it was saved
 *
 * What is on this phone and not on the server, of one entry.
 * @typedef {object} Unsynced
 * @property {string} id
 * @property {string} kind
 * @property {Body} body
 * @property {boolean} deleted
 * @property {Op} op
 * @property {"waiting" | "uploading" | "attention" | "put-off"} state `put-off`: the server could
 *   not take it again and again; tried once a day, behind the others
 * @property {number} since ms since the epoch, when the oldest of its changes was made
 * @property {number} tries
 * @property {Reason} [reason]
 * @property {number} [clockOff] ms that the phone was ahead of the server when it was saved
 *
 * @typedef {"local" | "idle" | "syncing" | "offline" | "busy" | "needs-sign-in" |
 *   "needs-update" | "needs-reload" | "stopped"} SyncWord
 * @typedef {object} SyncState
 * @property {SyncWord} state
 * @property {number} waiting entries that are on this phone only
 * @property {number} attention entries that the server refused
 * @property {number | null} lastSyncedAt ms since the epoch
 * @property {number | null} clockOffset ms that this phone is ahead of the server; null: not known
 * @property {string} [code] why, where `state` is "stopped"
 * @typedef {{state: SyncWord, code?: string, pushed: number, pulled: number}} SyncResult
 *
 * @typedef {{prepare: (version: string) => Promise<void>, wakeLater: () => Promise<void>}} Background
 *
 * A row of the outbox as the second place keeps it, with the server's copy that it was made on.
 * @typedef {{mutation: Mutation, server: ServerCopy | null}} Mirrored
 *
 * What the server lost, as the second place keeps it.
 * @typedef {{id: string, kind: string, orphan: Orphan}} MirroredOrphan
 *
 * Keeps what only this phone has, for each database, in case the browser loses IndexedDB whole. May
 * fail at any time.
 * @typedef {object} Mirror
 * @property {(db: string, key: string, value: any) => Promise<void>} put
 * @property {(db: string, keys: string[]) => Promise<void>} drop
 * @property {(db: string) => Promise<string[]>} keys in no order
 * @property {(db: string, keys: string[]) => Promise<any[]>} get the values that can be read
 * @property {(db: string) => Promise<void>} clear
 *
 * Everything that is not ours: storage, network, time, chance and the other tabs.
 * @typedef {object} Env
 * @property {IDBFactory} indexedDB
 * @property {Mirror} [mirror] where there is one
 * @property {(path: string, init: RequestInit) => Promise<Response>} fetch
 * @property {() => number} now ms since the epoch
 * @property {(bytes: Uint8Array<ArrayBuffer>) => Uint8Array} random fills the bytes
 * @property {() => number} chance from 0 to 1
 * @property {(task: () => void, ms: number) => unknown} later
 * @property {(handle: any) => void} cancel
 * @property {() => string} tz IANA name
 * @property {Pick<LockManager, "request"> | null} locks
 * @property {(message: Message) => void} tell the other tabs
 * @property {(hear: (message: Message) => void) => void} listen to the other tabs
 * @property {() => Promise<boolean>} persist asks the browser to keep our storage
 * @property {() => Promise<typeof import("./rounds.js")>} [engine] where import() cannot be used
 * @property {((text: string) => Promise<Uint8Array<ArrayBuffer>>) | null} [gzip] where there is one
 * @property {Background} [background] where the browser wakes a worker with no page open
 * @property {() => void} [close] listen to the other tabs no more
 * @property {() => Promise<string>} [version] the release of the app, "" if it is not known
 *
 * @typedef {{type: "entries" | "draft" | "sync" | "rider", ids?: string[], db?: string}} Message
 */
export {};
