/**
 * The id of the entry that an address names: `/log/<id>`, or `/log/entry#<id>`.
 * @param {{pathname: string, hash: string}} address
 * @returns {string} empty when there is none
 */
export function entryIdOf({ pathname, hash }) {
  const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  return (pathname + hash).match(uuid)?.[0] ?? "";
}
