import type { Value } from "../../database/connection";
import type { Schema } from "../../database/schema";
import { countOf } from "../../model/number-range";
import { marks } from "../bulk/rows-at";
import type { Span } from "./spans";

interface Statement {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** The statement that adds a span's numbers. */
type Series = (table: string, span: Span) => Statement;

/** How this server makes a run of numbers by itself. */
export async function numberSeries(schema: Schema): Promise<Series> {
  if (schema.kind === "sqlite") return recursive;
  const engine = await schema.row<{ support: string }>(
    "SELECT SUPPORT AS support FROM information_schema.ENGINES WHERE ENGINE = 'SEQUENCE'",
  );
  return engine?.support === "YES" ? sequenceEngine : joinedDigits;
}

/** Digits alone; all of them fit a double. */
const digitsOf = (number: string) => Number(number.slice(1));

const condition = (column: string, { without }: Span) =>
  without.length === 0 ? "" : ` WHERE ${column} NOT IN (${marks(without)})`;

const recursive: Series = (table, span) => ({
  sql: `INSERT INTO ${table} (number)
        WITH RECURSIVE series (n) AS
          (SELECT CAST(? AS INTEGER) UNION ALL SELECT n + 1 FROM series WHERE n < CAST(? AS INTEGER))
        SELECT number FROM (SELECT '+' || n AS number FROM series)${condition("number", span)}`,
  values: [span.start.slice(1), span.end.slice(1), ...span.without],
});

/** MariaDB's sequence engine: every schema has a table for every run of numbers. */
const sequenceEngine: Series = (table, span) => {
  const schema = table.slice(0, table.lastIndexOf("."));
  return {
    sql: `INSERT INTO ${table} (number) SELECT CONCAT('+', seq)
          FROM ${schema}.seq_${digitsOf(span.start)}_to_${digitsOf(span.end)}${condition("seq", span)}`,
    values: span.without.map(digitsOf),
  };
};

const DIGITS = `(SELECT 0 AS d${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((d) => ` UNION ALL SELECT ${d}`).join("")})`;

/** Any other server: ten digits joined with themselves for each decimal place. */
const joinedDigits: Series = (table, span) => {
  const size = countOf(span);
  const first = digitsOf(span.start);
  const places = [...String(size - 1)].map((_, place) => place);
  const offset = places.map((place) => `${10 ** place} * p${place}.d`).join(" + ");
  const tables = places.map((place) => `${DIGITS} AS p${place}`).join(" JOIN ");
  const but = span.without.length === 0 ? "" : `AND n NOT IN (${marks(span.without)})`;
  return {
    sql: `INSERT INTO ${table} (number)
          SELECT CONCAT('+', ? + n) FROM (SELECT ${offset} AS n FROM ${tables}) AS series
          WHERE n < ? ${but} ORDER BY n`,
    values: [first, size, ...span.without.map((number) => digitsOf(number) - first)],
  };
};
