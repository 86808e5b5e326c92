import { optional } from "./answer";
import { count, list, map, oneOf, record, rows, text } from "./types";

/** What a check of the databases comes to. */
export const findings = {
  fixed: optional(list(record({ check: text(), mended: count() }))),
  findings: rows(
    record({
      check: text(),
      severity: oneOf(["error", "warning", "note"]),
      subject: text(),
      detail: text(),
      fix: text(),
    }),
  ),
  counts: optional(map(count())),
};
