import type { Value } from "../../database/connection";
import type { Schema } from "../../database/schema";
import type { TableName } from "../../database/tables";
import type { AddressKeys } from "../../model/address-keys";
import { pagesOf } from "./pages";
import { rowsAt, rowsWith } from "./rows-at";

/** Rows that are read together where they are not read as they come. */
const PAGE = 900;

/** A table in which something may stand beside a row. */
export interface Beside {
  readonly schema: Schema;
  readonly table: TableName;
  /** Its columns, and those of the row that have the same values: an address, or one text. */
  readonly on: Readonly<Record<string, string>>;
  /** A column of the row's as it is compared, in SQL. */
  readonly compared?: (column: string) => string;
  /** What is wanted of it, by the name that it gets: null where nothing stands there. */
  readonly select?: Readonly<Record<string, string>>;
  /** Leaves out rows that have nothing there, or something. */
  readonly must?: "stand" | "lack";
}

/** Rows of a table, and what stands beside each of them in tables of either database. */
export interface Question {
  readonly schema: Schema;
  readonly table: TableName;
  /** What is wanted of it, the key among it. */
  readonly columns: readonly string[];
  /** Columns that tell its rows apart: pages are in their order. */
  readonly key: readonly string[];
  /** Its table is `r`. */
  readonly where?: { readonly sql: string; readonly values: readonly Value[] };
  readonly beside: readonly Beside[];
  readonly keys: AddressKeys;
}

type Row = Record<string, Value>;

/** The rows as they come, where one server has both databases; else by pages. */
export function rowsBeside<R>(question: Question): AsyncGenerator<R[]> {
  if (apart(question).length > 0) return pagesBeside<R>(question);
  const { sql, values } = statement(question, question.beside);
  return question.schema.stream<R>(sql, values);
}

/** The rows a page at a time: some may be changed between pages. */
export async function* pagesBeside<R>(question: Question): AsyncGenerator<R[]> {
  const { key, schema } = question;
  const elsewhere = apart(question);
  const here = question.beside.filter((beside) => !elsewhere.includes(beside));
  for await (const page of pagesOf<Row>(PAGE, (last) => {
    const { sql, values } = statement(question, here, last);
    const order = key.map((column) => `r.${column}`).join(", ");
    return schema.rows<Row>(`${sql} ORDER BY ${order} LIMIT ${PAGE}`, values);
  })) {
    let rows = page;
    for (const beside of elsewhere) rows = await joined(rows, beside, question.keys);
    if (rows.length > 0) yield rows as R[];
  }
}

const apart = ({ schema, beside }: Question) =>
  beside.filter((other) => !other.schema.isBeside(schema));

function statement(
  { schema, table, columns, key, where }: Question,
  beside: readonly Beside[],
  last?: Row,
): { sql: string; values: Value[] } {
  const wanted = columns.map((column) => `r.${column}`);
  const conditions = where === undefined ? [] : [where.sql];
  const joins = beside.map((other, index) => {
    const { on, compared = (column: string) => column, select = {}, must } = other;
    const pairs = Object.entries(on);
    const name = `b${index}`;
    for (const [as, column] of Object.entries(select)) wanted.push(`${name}.${column} AS ${as}`);
    if (must === "lack") conditions.push(`${name}.${pairs[0]?.[0]} IS NULL`);
    const equal = pairs.map(([theirs, ours]) => `${name}.${theirs} = ${compared(`r.${ours}`)}`);
    const join = must === "stand" ? "JOIN" : "LEFT JOIN";
    return `${join} ${other.schema.name(other.table)} AS ${name} ON ${equal.join(" AND ")}`;
  });
  const values: Value[] = [...(where?.values ?? [])];
  if (last !== undefined) {
    const ways = key.map((column, at) => {
      const same = key.slice(0, at);
      values.push(...same.map((before) => last[before]), last[column]);
      return [...same.map((before) => `r.${before} = ?`), `r.${column} > ?`].join(" AND ");
    });
    conditions.push(`(${ways.map((way) => `(${way})`).join(" OR ")})`);
  }
  const sql = [
    `SELECT ${wanted.join(", ")} FROM ${schema.name(table)} AS r`,
    ...joins,
    ...(conditions.length === 0 ? [] : [`WHERE ${conditions.join(" AND ")}`]),
  ].join(" ");
  return { sql, values };
}

/** The same join where another server has the other table. */
async function joined(
  rows: readonly Row[],
  { schema, table, on, select = {}, must }: Beside,
  keys: AddressKeys,
): Promise<Row[]> {
  const [[theirs, ours] = ["", ""], second] = Object.entries(on);
  const text = (value: Value) => String(value);
  const keyOf = (first: Value, other: Value) =>
    second === undefined
      ? text(first).toLowerCase()
      : keys.of({ username: text(first), domain: text(other) });
  const wanted = [
    `${theirs} AS at_first`,
    ...(second === undefined ? [] : [`${second[0]} AS at_second`]),
    ...Object.entries(select).map(([as, column]) => `${column} AS ${as}`),
  ].join(", ");
  const others =
    second === undefined
      ? await rowsWith<Row>(
          schema,
          table,
          theirs,
          [...new Set(rows.map((row) => text(row[ours])))],
          {
            select: wanted,
          },
        )
      : await rowsAt<Row>(
          schema,
          table,
          rows.map((row) => ({ username: text(row[ours]), domain: text(row[second[1]]) })),
          { columns: { username: theirs, domain: second[0] }, select: wanted },
        );
  const found = new Map(
    others.map(({ at_first, at_second, ...rest }) => [keyOf(at_first, at_second), rest]),
  );
  const nothing = Object.fromEntries(Object.keys(select).map((as) => [as, null]));
  return rows.flatMap((row) => {
    const other = found.get(keyOf(row[ours], second && row[second[1]]));
    if (must === "lack" ? other !== undefined : must === "stand" && other === undefined) return [];
    return [{ ...row, ...(other ?? nothing) }];
  });
}
