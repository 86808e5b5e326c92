import type { Schema } from "../../database/schema";
import type { NumberRun } from "../../model/number-range";

/** Numbers that match a LIKE pattern. The pattern is converted, not the column: that has an index. */
export const matches = ({ kind }: Schema) =>
  `number LIKE ${kind === "mysql" ? "CONVERT(? USING ascii)" : "?"} ESCAPE '|'`;

/** Numbers of one length are in the order of their digits. */
export const RANGE = "number BETWEEN ? AND ? AND LENGTH(number) = ?";

export const rangeValues = ({ start, end }: NumberRun) => [start, end, start.length];
