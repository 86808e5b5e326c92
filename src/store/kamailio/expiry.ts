import type { Value } from "../../database/connection";
import type { Schema } from "../../database/schema";

/** A part of a statement, and the values that it is bound to. */
export interface Bound {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** Registrations that hold at a time (unix seconds); `expires` is the column. */
export function holdsAt(schema: Schema, expires: string, time: number): Bound {
  const { never, at } = bounds(schema, time);
  return { sql: `(${expires} <= ? OR ${expires} > ?)`, values: [never, at] };
}

/** As the engine keeps times; one within the first days of 1970 is a contact that never expires. */
function bounds({ kind }: Schema, time: number): { never: Value; at: Value } {
  return kind === "mysql"
    ? { never: "1970-01-03 00:00:00", at: localTime(time) }
    : { never: 2440590, at: (time - 0.5) / 86400 + 2440587.5 };
}

/** `YYYY-MM-DD HH:MM:SS` in this process's zone, which Kamailio's is taken to be. */
function localTime(unix: number): string {
  const time = new Date(unix * 1000);
  const pad = (value: number) => String(value).padStart(2, "0");
  const date = [time.getFullYear(), pad(time.getMonth() + 1), pad(time.getDate())].join("-");
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(pad).join(":");
  return `${date} ${clock}`;
}
