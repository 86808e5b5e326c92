import type { Value } from "../../database/connection";
import type { Schema } from "../../database/schema";
import type { Column, TableName } from "../../database/tables";
import { groupBy } from "../../model/group-by";
import type { SipAddress } from "../../model/sip-address";
import { marks } from "./rows-at";

/** Rows that one statement inserts: enough to be quick, few enough to be small. */
const INSERTED = 1_000;

/** Rows that one statement changes: every one of them is compared with every value. */
const CHANGED = 100;

interface InsertOptions<T extends TableName> {
  readonly constants?: { readonly [C in Column<T>]?: string };
  readonly again?: "ignore";
}

/**
 * Inserts rows, given as values in the order of the columns, hundreds by a statement. `constants`
 * are columns that every row has the same SQL expression in; with `again` a row that is there
 * already is passed over.
 */
export async function insertRows<T extends TableName>(
  schema: Schema,
  table: T,
  columns: readonly Column<T>[],
  rows: readonly (readonly Value[])[],
  { constants = {}, again }: InsertOptions<T> = {},
): Promise<void> {
  const names = [...columns, ...Object.keys(constants)].map(quoted).join(", ");
  const tuple = `(${[...columns.map(() => "?"), ...Object.values<string>(constants as never)].join(",")})`;
  const onConflict = again === undefined ? "" : leaving(schema, columns[0] ?? "");
  const statements: Promise<number>[] = [];
  for (let from = 0; from < rows.length; from += INSERTED) {
    const some = rows.slice(from, from + INSERTED);
    const tuples = `${tuple},`.repeat(some.length).slice(0, -1);
    const values: Value[] = [];
    for (const row of some) for (const value of row) values.push(value);
    statements.push(
      schema.changed(
        `INSERT INTO ${schema.name(table)} (${names}) VALUES ${tuples} ${onConflict}`,
        values,
      ),
    );
  }
  await Promise.all(statements);
}

/** INSERT IGNORE would let pass more than that. */
const leaving = ({ kind }: Schema, column: string) =>
  kind === "mysql" ? `ON DUPLICATE KEY UPDATE ${column} = ${column}` : "ON CONFLICT DO NOTHING";

/** New values of some columns in the row at an address. */
export interface RowChange<T extends TableName> {
  /** Spelled as stored. */
  readonly address: SipAddress;
  readonly values: { readonly [C in Column<T>]?: Value };
}

/** Changes many rows, each in its own columns, a hundred by a statement. */
export async function updateRows<T extends TableName>(
  schema: Schema,
  table: T,
  changes: readonly RowChange<T>[],
): Promise<void> {
  const statements: Promise<void>[] = [];
  for (const [domain, group] of groupBy(changes, ({ address }) => address.domain)) {
    for (let from = 0; from < group.length; from += CHANGED) {
      statements.push(updateSome(schema, table, domain, group.slice(from, from + CHANGED)));
    }
  }
  await Promise.all(statements);
}

async function updateSome<T extends TableName>(
  schema: Schema,
  table: T,
  domain: string,
  changes: readonly RowChange<T>[],
): Promise<void> {
  const columns = new Set(changes.flatMap(({ values }) => Object.keys(values) as Column<T>[]));
  if (columns.size === 0) return;
  const bindings: Value[] = [];
  const settings = [...columns].map((column) => {
    const concerned = changes.filter(({ values }) => column in values);
    for (const { address, values } of concerned) bindings.push(address.username, values[column]);
    const cases = "WHEN ? THEN ? ".repeat(concerned.length);
    return `${column} = CASE username ${cases}ELSE ${column} END`;
  });
  const usernames = changes.map(({ address }) => address.username);
  await schema.changed(
    `UPDATE ${schema.name(table)} SET ${settings.join(", ")}
     WHERE domain = ? AND username IN (${marks(usernames)})`,
    [...bindings, domain, ...usernames],
  );
}

/** Changes some columns of the one row that has these values in these columns. */
export async function updateRow<T extends TableName>(
  schema: Schema,
  table: T,
  key: { readonly [C in Column<T>]?: Value },
  values: { readonly [C in Column<T>]?: Value },
): Promise<void> {
  const set = (columns: object) => Object.keys(columns).map((column) => `${quoted(column)} = ?`);
  await schema.changed(
    `UPDATE ${schema.name(table)} SET ${set(values).join(", ")} WHERE ${set(key).join(" AND ")}`,
    [...Object.values<Value>(values as never), ...Object.values<Value>(key as never)],
  );
}

/** Some of our columns are keywords to one engine or the other. */
const quoted = (column: string) => (column === "full" ? "`full`" : column);
