import type { Schema } from "../../database/schema";

interface Statement {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

/** The statement that adds `size` successive numbers from `first` on, passing over those that are there. */
type Series = (table: string, first: number, size: number) => Statement;

/** How this server makes a run of numbers by itself. */
export async function numberSeries(schema: Schema): Promise<Series> {
  if (schema.kind === "sqlite") return recursive;
  const [engine] = await schema.rows<{ support: string }>(
    "SELECT SUPPORT AS support FROM information_schema.ENGINES WHERE ENGINE = 'SEQUENCE'",
  );
  return engine?.support === "YES" ? sequenceEngine(schema) : joinedDigits;
}

const recursive: Series = (table, first, size) => ({
  sql: `INSERT OR IGNORE INTO ?? (number)
        WITH RECURSIVE series (n) AS
          (SELECT CAST(? AS INTEGER) UNION ALL SELECT n + 1 FROM series WHERE n < CAST(? AS INTEGER))
        SELECT '+' || n FROM series`,
  bindings: [table, String(first), String(first + size - 1)],
});

/** MariaDB's sequence engine: every schema has a table for every run of numbers. */
const sequenceEngine =
  (schema: Schema): Series =>
  (table, first, size) => ({
    sql: `INSERT IGNORE INTO ?? (number) SELECT CONCAT('+', seq) FROM ??`,
    bindings: [table, schema.qualified(`seq_${first}_to_${first + size - 1}`)],
  });

const DIGITS = `(SELECT 0 AS d${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((d) => ` UNION ALL SELECT ${d}`).join("")})`;

/** Any other server: ten digits joined with themselves for each decimal place. */
const joinedDigits: Series = (table, first, size) => {
  const places = [...String(size - 1)].map((_, place) => place);
  const offset = places.map((place) => `${10 ** place} * p${place}.d`).join(" + ");
  const tables = places.map((place) => `${DIGITS} AS p${place}`).join(" JOIN ");
  return {
    sql: `INSERT IGNORE INTO ?? (number)
          SELECT CONCAT('+', ? + n) FROM (SELECT ${offset} AS n FROM ${tables}) AS series
          WHERE n < ? ORDER BY n`,
    bindings: [table, first, size],
  };
};
