import type Database from "libsql";
import type { Connection, Result, Value } from "./connection";
import type { DatabaseError } from "./error";
import { sqliteError } from "./sqlite-errors";

/** Rows that are handed on together. */
const BATCH = 1_000;

/** Statements that are kept prepared: a batch asks the same few all the time. */
const PREPARED = 100;

type Statement = ReturnType<Database.Database["prepare"]>;

/** An SQLite file through libsql, which works at once: a statement blocks the process. */
export class SqliteConnection implements Connection {
  private readonly prepared = new Map<string, Statement>();
  /** What has ended a transaction whose owner does not know it yet. */
  private ended: DatabaseError | undefined;

  constructor(private readonly database: Database.Database) {}

  readonly broken = false;

  async run<Row>(sql: string, values: readonly Value[] = []): Promise<Result<Row>> {
    const { ended } = this;
    if (sql === "ROLLBACK") this.ended = undefined;
    // It would be a transaction of its own.
    else if (ended !== undefined) throw ended;
    const within = this.database.inTransaction;
    try {
      const statement = this.prepare(sql);
      const bound = values.map(bindable);
      if (statement.reader) return { rows: statement.all(bound) as Row[], changed: 0 };
      return { rows: [], changed: Number(statement.run(bound).changes) };
    } catch (error) {
      const failure = sqliteError(error, this.database.inTransaction);
      if (within && !this.database.inTransaction) this.ended = failure;
      throw failure;
    }
  }

  atOnce(sql: string, values?: readonly Value[]): Promise<Result> {
    return this.run(sql, values);
  }

  async *stream<Row>(sql: string, values: readonly Value[] = []): AsyncGenerator<Row[]> {
    try {
      let batch: Row[] = [];
      for (const row of this.database.prepare(sql).iterate(values.map(bindable))) {
        if (batch.push(row as Row) < BATCH) continue;
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
    } catch (error) {
      throw sqliteError(error, this.database.inTransaction);
    }
  }

  async *texts(sql: string, values: readonly Value[] = []): AsyncGenerator<string[]> {
    try {
      const statement = this.database.prepare(sql).pluck();
      const texts = statement.all(values.map(bindable)) as string[];
      if (texts.length > 0) yield texts;
    } catch (error) {
      throw sqliteError(error, this.database.inTransaction);
    }
  }

  async close(): Promise<void> {
    this.prepared.clear();
    this.database.close();
  }

  private prepare(sql: string): Statement {
    const known = this.prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.database.prepare(sql);
    // One that changes tables is not worth it, nor is one that is as good as never asked again.
    if (this.prepared.size < PREPARED && sql.length < 1_000) this.prepared.set(sql, statement);
    return statement;
  }
}

function bindable(value: Value): string | number | Uint8Array | null {
  if (value === undefined) return null;
  return typeof value === "boolean" ? Number(value) : value;
}
