import { optional } from "./answer";
import { count } from "./types";

/** What became of the rows of an import. */
export const tally = {
  read: count(),
  added: count(),
  updated: count(),
  skipped: count(),
  rejected: count(),
  inuse: optional(count({ label: "in use" })),
};
