/**
 * The id of the entry that an address names: `/log/<id>`, `/log/entry#<id>`, `/routines/mine/<id>`.
 * @param {{pathname: string, hash: string}} address
 * @returns {string} empty when there is none
 */
export function entryIdOf({ pathname, hash }) {
  const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  return (pathname + hash).match(uuid)?.[0] ?? "";
}

/**
 * Where an entry can be looked at and changed.
 * @param {{kind: string, id: string}} entry
 * @returns {string} empty for a kind that has no page
 */
export function addressOf({ kind, id }) {
  if (kind === "session") return `/log/${id}`;
  return kind === "routine" ? `/routines/mine/${id}` : "";
}
