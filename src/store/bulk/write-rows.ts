import type { Schema } from "../../database/schema";
import { groupBy } from "../../model/group-by";
import type { SipAddress } from "../../model/sip-address";

/** Rows that one statement inserts: enough to be quick, few enough to be small. */
const INSERTED = 1_000;

/** Rows that one statement changes: every one of them is compared with every value. */
const CHANGED = 100;

type Row = readonly unknown[];

/**
 * Inserts rows, given as values in the order of the columns, hundreds by a statement. `constants`
 * are columns that every row has the same SQL expression in.
 */
export async function insertRows(
  schema: Schema,
  table: string,
  columns: readonly string[],
  rows: readonly Row[],
  constants: Readonly<Record<string, string>> = {},
): Promise<void> {
  const names = [...columns, ...Object.keys(constants)].join(", ");
  const tuple = `(${[...columns.map(() => "?"), ...Object.values(constants)].join(",")})`;
  for (let from = 0; from < rows.length; from += INSERTED) {
    const some = rows.slice(from, from + INSERTED);
    await schema.changed(`INSERT INTO ?? (${names}) VALUES ${some.map(() => tuple).join(",")}`, [
      schema.qualified(table),
      ...some.flat(),
    ]);
  }
}

/** New values of some columns in the row at an address. */
export interface RowChange {
  /** Spelled as stored. */
  readonly address: SipAddress;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Changes many rows, each in its own columns, a hundred by a statement. */
export async function updateRows(
  schema: Schema,
  table: string,
  changes: readonly RowChange[],
): Promise<void> {
  for (const [domain, group] of groupBy(changes, ({ address }) => address.domain)) {
    for (let from = 0; from < group.length; from += CHANGED) {
      await updateSome(schema, table, domain, group.slice(from, from + CHANGED));
    }
  }
}

async function updateSome(
  schema: Schema,
  table: string,
  domain: string,
  changes: readonly RowChange[],
): Promise<void> {
  const columns = new Set(changes.flatMap(({ values }) => Object.keys(values)));
  if (columns.size === 0) return;
  const bindings: unknown[] = [];
  const settings = [...columns].map((column) => {
    const concerned = changes.filter(({ values }) => column in values);
    for (const { address, values } of concerned) bindings.push(address.username, values[column]);
    return `${column} = CASE username ${"WHEN ? THEN ? ".repeat(concerned.length)}ELSE ${column} END`;
  });
  const marks = changes.map(() => "?").join(",");
  await schema.changed(
    `UPDATE ?? SET ${settings.join(", ")} WHERE domain = ? AND username IN (${marks})`,
    [
      schema.qualified(table),
      ...bindings,
      domain,
      ...changes.map(({ address }) => address.username),
    ],
  );
}
