import type { Schema } from "../../database/schema";
import type { TableName } from "../../database/tables";
import { groupBy } from "../../model/group-by";
import type { SipAddress } from "../../model/sip-address";

/** MariaDB makes a subquery of a list of 1000, which is slower; no engine binds more than 30,000 values. */
const ADDRESSES = 900;

/** SQLite nests conditions a thousand deep at most, and a planner takes its time over long ones. */
const DOMAINS = 50;

/** The columns that an address stands in. */
export interface AddressColumns {
  readonly username: string;
  readonly domain: string;
}

const OWN: AddressColumns = { username: "username", domain: "domain" };

export interface Condition {
  readonly sql: string;
  readonly values: string[];
}

/** Conditions that between them match every one of the addresses, in a form that uses an index. */
export function* addressConditions(
  addresses: Iterable<SipAddress>,
  columns: AddressColumns = OWN,
): Generator<Condition> {
  const byDomain = groupBy(addresses, ({ domain }) => domain);
  let parts: string[] = [];
  let values: string[] = [];
  for (const [domain, group] of byDomain) {
    for (let from = 0; from < group.length; from += ADDRESSES) {
      const some = group.slice(from, from + ADDRESSES);
      if (
        parts.length === DOMAINS ||
        (parts.length > 0 && values.length + some.length > ADDRESSES)
      ) {
        yield { sql: `(${parts.join(" OR ")})`, values };
        parts = [];
        values = [];
      }
      parts.push(`(${columns.domain} = ? AND ${columns.username} IN (${marks(some)}))`);
      values.push(domain, ...some.map(({ username }) => username));
    }
  }
  if (parts.length > 0) yield { sql: `(${parts.join(" OR ")})`, values };
}

/** Conditions that between them match every one of the values of a column. */
export function* valueConditions(column: string, values: readonly string[]): Generator<Condition> {
  for (let from = 0; from < values.length; from += ADDRESSES) {
    const some = values.slice(from, from + ADDRESSES);
    yield { sql: `${column} IN (${marks(some)})`, values: some };
  }
}

/** The rows that a query finds under each of the conditions, which go to the server together. */
export async function rowsWhere<Row>(
  schema: Schema,
  conditions: Iterable<Condition>,
  query: (where: string) => string,
): Promise<Row[]> {
  const found = await Promise.all(
    [...conditions].map(({ sql, values }) => schema.rows<Row>(query(sql), values)),
  );
  return found.flat();
}

interface RowsOptions {
  readonly select?: string;
  readonly order?: string;
}

/** The rows of a table that stand at any of the addresses. */
export function rowsAt<Row>(
  schema: Schema,
  table: TableName,
  addresses: Iterable<SipAddress>,
  { columns = OWN, ...options }: RowsOptions & { readonly columns?: AddressColumns } = {},
): Promise<Row[]> {
  const conditions = addressConditions(addresses, columns);
  return rowsWhere<Row>(schema, conditions, selectFrom(schema, table, options));
}

/** The rows of a table that have any of the values in a column. */
export function rowsWith<Row>(
  schema: Schema,
  table: TableName,
  column: string,
  values: readonly string[],
  options: RowsOptions = {},
): Promise<Row[]> {
  return rowsWhere<Row>(
    schema,
    valueConditions(column, values),
    selectFrom(schema, table, options),
  );
}

function selectFrom(schema: Schema, table: TableName, { select = "*", order }: RowsOptions) {
  const sorted = order === undefined ? "" : ` ORDER BY ${order}`;
  return (where: string) => `SELECT ${select} FROM ${schema.name(table)} WHERE ${where}${sorted}`;
}

/** Deletes the rows that any of the conditions matches. Answers how many. */
export async function deleteWhere(
  schema: Schema,
  table: TableName,
  conditions: Iterable<Condition>,
): Promise<number> {
  const counts = await Promise.all(
    [...conditions].map(({ sql, values }) =>
      schema.changed(`DELETE FROM ${schema.name(table)} WHERE ${sql}`, values),
    ),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Deletes the rows at the addresses. */
export function deleteAt(
  schema: Schema,
  table: TableName,
  addresses: Iterable<SipAddress>,
  columns: AddressColumns = OWN,
): Promise<number> {
  return deleteWhere(schema, table, addressConditions(addresses, columns));
}

/** Deletes the rows that have any of the values in a column. */
export function deleteWith(
  schema: Schema,
  table: TableName,
  column: string,
  values: readonly string[],
): Promise<number> {
  return deleteWhere(schema, table, valueConditions(column, values));
}

/** Deletes the rows of pairs: an address, and what stands beside it in a further column. */
export async function deletePairs(
  schema: Schema,
  table: TableName,
  column: string,
  pairs: readonly (readonly [address: SipAddress, value: string])[],
): Promise<void> {
  const removals = [...groupBy(pairs, ([, value]) => value)].map(([value, group]) => {
    const addresses = group.map(([address]) => address);
    const conditions = [...addressConditions(addresses)].map(({ sql, values }) => ({
      sql: `${column} = ? AND ${sql}`,
      values: [value, ...values],
    }));
    return deleteWhere(schema, table, conditions);
  });
  await Promise.all(removals);
}

export const marks = (values: readonly unknown[]) => values.map(() => "?").join(",");
