/** The faults that can be put into the data layer: which module, and what is changed in it. */

/**
 * `from` is what the module says, `to` what it says instead, `more` what it says besides.
 *
 * @type {Record<string, {module: string, from: string, to: string, more?: string}>}
 */
const FAULTS = {
  "outbox-cleared-before-the-answer": {
    module: "batch.js",
    from: "export function takeBatch(",
    to: "function takeKeptBatch(",
    more: `
      export async function takeBatch(store, ...how) {
        const batch = await takeKeptBatch(store, ...how);
        await store.db.write(["outbox"], async (tx) => {
          for (const { mid } of batch.mutations) await tx.objectStore("outbox").delete(mid);
        });
        return batch;
      }`,
  },
  "cursor-before-rows-on-the-phone": {
    module: "pages.js",
    from: "export function takePage(",
    to: "function takeWholePage(",
    more: `
      export async function takePage(store, asked, page) {
        const early = { ...asked, cursor: page.cursor };
        await store.meta.put("pull", early);
        return takeWholePage(store, early, page);
      }`,
  },
  "refused-dropped": {
    module: "settle.js",
    from: "if (rest.some((one) => one.whole && isBeside(one, mutation) && one.mid > mutation.mid)) {",
    to: "if (true) {",
  },
  "not-waited-for": {
    module: "db.js",
    from: 'this.#run(stores, "readwrite", work, durability)',
    to: 'this.#run(stores, "readwrite", work, "relaxed")',
  },
  "not-in-the-second-place": {
    module: "store.js",
    from: "added && mirror?.put(this.name, added.mutation.mutation_id, added);",
    to: "null;",
  },
  "discarded-in-the-second-place": {
    module: "store.js",
    from: "dropped?.length && mirror?.drop(this.name, dropped);",
    to: "null;",
  },
  "second-place-untidy": {
    module: "rescue.js",
    from: "if (done.length) await mirror.drop(name, done);",
    to: "",
  },
  "not-brought-back": {
    module: "rescue.js",
    from: ".filter(isChange)",
    to: ".filter(() => false)",
  },
};

let fault = FAULTS[""];

/** @param {string} name */
export function initialize(name) {
  fault = FAULTS[name];
  if (!fault) throw new Error(`There is no fault named ${name}.`);
}

/** @param {string} url @param {any} context @param {(url: string, context: any) => Promise<any>} next */
export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!url.endsWith(`/static/js/data/${fault.module}`)) return loaded;
  const text = String(loaded.source);
  if (!text.includes(fault.from)) throw new Error(`${url} has no ${fault.from}`);
  return { ...loaded, source: text.replace(fault.from, fault.to) + (fault.more ?? "") };
}
