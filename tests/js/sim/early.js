/**
 * Has what the data layer loads later be there from the beginning: it would come at a time that is not
 * the story's.
 */

const LATE = /(?<!typeof )import\("(\.\/([\w-]+)\.js)"\)/g;

/** @param {string} url @param {any} context @param {(url: string, context: any) => Promise<any>} next */
export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!url.includes("/static/js/data/")) return loaded;
  const text = String(loaded.source);
  const name = (/** @type {string} */ module) => `$${module.replaceAll("-", "_")}`;
  const wanted = new Set(
    [...text.matchAll(LATE)].map(
      ([, path, module]) => `import * as ${name(module)} from "${path}";`,
    ),
  );
  const source = text.replace(LATE, (_, _path, module) => `Promise.resolve(${name(module)})`);
  return { ...loaded, source: [...wanted, source].join("\n") };
}
