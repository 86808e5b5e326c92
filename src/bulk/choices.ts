export const BULK_FORMATS = ["csv", "ndjson", "lines"] as const;

export type BulkFormat = (typeof BULK_FORMATS)[number];

export const IF_EXISTS = ["fail", "skip", "update"] as const;

/** What becomes of a row whose subject is there already: it is rejected, passed over, or brought up to date. */
export type IfExists = (typeof IF_EXISTS)[number];
