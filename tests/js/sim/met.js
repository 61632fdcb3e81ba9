/** What befell the phones since the last report, for the count of it. @type {string[]} */
export const met = [];
