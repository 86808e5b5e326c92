export const BULK_FORMATS = ["csv", "ndjson", "lines"] as const;

export type BulkFormat = (typeof BULK_FORMATS)[number];
