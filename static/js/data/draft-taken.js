/** The running routine is not where it was left: another tab has taken it up, saved or cleared it. */
export class DraftTaken extends Error {}
