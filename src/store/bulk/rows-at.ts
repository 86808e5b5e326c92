import type { Schema } from "../../database/schema";
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

interface Condition {
  readonly sql: string;
  readonly bindings: string[];
}

/** Conditions that between them match every one of the addresses, in a form that uses an index. */
function* addressConditions(
  addresses: Iterable<SipAddress>,
  columns: AddressColumns = OWN,
): Generator<Condition> {
  const byDomain = groupBy(addresses, ({ domain }) => domain);
  let parts: string[] = [];
  let bindings: string[] = [];
  for (const [domain, group] of byDomain) {
    for (let from = 0; from < group.length; from += ADDRESSES) {
      const some = group.slice(from, from + ADDRESSES);
      if (
        parts.length === DOMAINS ||
        (parts.length > 0 && bindings.length + some.length > ADDRESSES)
      ) {
        yield { sql: `(${parts.join(" OR ")})`, bindings };
        parts = [];
        bindings = [];
      }
      const marks = some.map(() => "?").join(",");
      parts.push(`(${columns.domain} = ? AND ${columns.username} IN (${marks}))`);
      bindings.push(domain, ...some.map(({ username }) => username));
    }
  }
  if (parts.length > 0) yield { sql: `(${parts.join(" OR ")})`, bindings };
}

/** The rows of a table that stand at any of the addresses. */
export async function rowsAt<Row>(
  schema: Schema,
  table: string,
  addresses: Iterable<SipAddress>,
  {
    select = "*",
    columns = OWN,
    order,
  }: { select?: string; columns?: AddressColumns; order?: string } = {},
): Promise<Row[]> {
  const all: Row[] = [];
  for (const { sql, bindings } of addressConditions(addresses, columns)) {
    const sorted = order === undefined ? "" : ` ORDER BY ${order}`;
    const rows = await schema.rows<Row>(`SELECT ${select} FROM ?? WHERE ${sql}${sorted}`, [
      schema.qualified(table),
      ...bindings,
    ]);
    for (const row of rows) all.push(row);
  }
  return all;
}

/** Deletes the rows at the addresses; of those only the ones that `also` holds for. */
export async function deleteAt(
  schema: Schema,
  table: string,
  addresses: Iterable<SipAddress>,
  {
    columns = OWN,
    also,
  }: { columns?: AddressColumns; also?: readonly [sql: string, value: string] } = {},
): Promise<number> {
  let deleted = 0;
  for (const { sql, bindings } of addressConditions(addresses, columns)) {
    const [more, values] = also === undefined ? ["", []] : [` AND ${also[0]}`, [also[1]]];
    deleted += await schema.changed(`DELETE FROM ?? WHERE ${sql}${more}`, [
      schema.qualified(table),
      ...bindings,
      ...values,
    ]);
  }
  return deleted;
}
