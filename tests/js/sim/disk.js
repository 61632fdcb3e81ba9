/** What a device keeps when its pages are gone: reading it, copying it, putting a copy back. */

import "fake-indexeddb/auto";

/**
 * @typedef {{name: string, keyPath: any, records: {key: any, value: any}[],
 *   indexes: {name: string, keyPath: any}[]}} StoreCopy
 * @typedef {{name: string, version: number, stores: StoreCopy[]}} DatabaseCopy
 */

/**
 * Read all databases of `factory`, straight from the memory that stands for the disk: no page
 * notices, and no transaction is counted. Only to be called while all is quiet.
 *
 * @param {IDBFactory} factory
 * @param {string} [only] the database of this name
 * @returns {DatabaseCopy[]}
 */
export function readDisk(factory, only) {
  /** @type {Map<string, any>} */
  const databases = /** @type {any} */ (factory)._databases;
  return [...databases.values()]
    .filter(({ name, version }) => version > 0 && (!only || name === only))
    .map(({ name, version, rawObjectStores }) => ({
      name,
      version,
      stores: [...rawObjectStores.values()].map((store) => ({
        name: store.name,
        keyPath: store.keyPath,
        records: [...store.records.values()].map(({ key, value }) => ({ key, value })),
        indexes: [...store.rawIndexes.values()].map(({ name, keyPath }) => ({ name, keyPath })),
      })),
    }));
}

/** @param {DatabaseCopy[]} copies @returns {IDBFactory} a new disk that holds them */
export function writeDisk(copies) {
  const factory = new IDBFactory();
  for (const { name, version, stores } of copies) {
    const request = factory.open(name, version);
    request.onupgradeneeded = () => {
      for (const store of stores) {
        const { keyPath } = store;
        const made = request.result.createObjectStore(store.name, keyPath ? { keyPath } : {});
        for (const index of store.indexes) made.createIndex(index.name, index.keyPath);
        for (const { key, value } of store.records)
          if (keyPath) made.put(value);
          else made.put(value, key);
      }
    };
    request.onsuccess = () => request.result.close();
  }
  return factory;
}
