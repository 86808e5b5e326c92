import type { Socket } from "node:net";
import type { Connection as Driver } from "mysql2";
import type { Connection, Result, Value } from "./connection";
import { DatabaseError } from "./error";
import { mysqlError } from "./mysql-errors";
import { offTheWire, type WireConnection } from "./off-the-wire";
import type { Watch } from "./watch";

/** Text that goes to the server at once: well below the least `max_allowed_packet` in use. */
const TOGETHER = 1_000_000;

interface Waiting {
  readonly sql: string;
  resolve(result: Result<never>): void;
  reject(error: DatabaseError): void;
}

type Format = (sql: string, values: readonly Value[]) => string;

/**
 * A MySQL connection. Statements of one turn go as one multi-statement: 12 of them at 5 ms distance
 * take 5.7 ms instead of 59. Every value is bound before: see the tests that try to break out.
 */
export class MysqlConnection implements Connection {
  private waiting: Waiting[] = [];
  private scheduled = false;
  private lost: DatabaseError | undefined;

  constructor(
    private readonly driver: Driver,
    private readonly format: Format,
    private readonly watch: Watch,
  ) {
    driver.on("error", (error: unknown) => {
      this.lost ??= mysqlError(error);
    });
  }

  get broken(): boolean {
    return this.lost !== undefined;
  }

  run<Row>(sql: string, values: readonly Value[] = []): Promise<Result<Row>> {
    return new Promise((resolve, reject) => {
      if (this.lost !== undefined) {
        reject(this.lost);
        return;
      }
      this.waiting.push({
        sql: this.format(sql, values),
        resolve: resolve as Waiting["resolve"],
        reject,
      });
      if (this.scheduled) return;
      this.scheduled = true;
      setImmediate(() => this.flush());
    });
  }

  stream<Row>(sql: string, values: readonly Value[] = []): AsyncGenerator<Row[]> {
    return this.offTheWire<Row, Row>(sql, values, false, (row) => row);
  }

  texts(sql: string, values: readonly Value[] = []): AsyncGenerator<string[]> {
    return this.offTheWire<[string], string>(sql, values, true, ([text]) => text);
  }

  async close(): Promise<void> {
    if (this.lost !== undefined) {
      this.driver.destroy();
      return;
    }
    this.flush();
    this.lost = new DatabaseError("lost", "The connection was closed.");
    this.driver.end(() => {});
    // The goodbye is on its way: no process waits for a server to hear it.
    (this.driver as unknown as { stream: Socket }).stream.unref();
  }

  private async *offTheWire<Raw, Row>(
    sql: string,
    values: readonly Value[],
    rowsAsArray: boolean,
    shape: (raw: Raw) => Row,
  ): AsyncGenerator<Row[]> {
    this.flush();
    const statement = { sql: this.format(sql, values), rowsAsArray };
    const driver = this.driver as unknown as WireConnection;
    this.watch.begin();
    try {
      yield* offTheWire<Raw, Row>(driver, statement, shape);
    } catch (error) {
      throw this.lost ?? this.noted(error);
    } finally {
      this.watch.end();
    }
  }

  private flush(): void {
    this.scheduled = false;
    while (this.waiting.length > 0) {
      const some = this.waiting.splice(0, together(this.waiting));
      const sql = some.map((statement) => statement.sql).join(";\n");
      this.watch.begin();
      this.driver.query(sql, (error: unknown, results: unknown) => {
        this.watch.end();
        if (error !== null) {
          const wrapped = this.noted(error);
          for (const { reject } of some) reject(wrapped);
          return;
        }
        const all = some.length === 1 ? [results] : (results as unknown[]);
        some.forEach(({ resolve }, index) => {
          resolve(resultOf(all[index]));
        });
      });
    }
  }

  private noted(error: unknown): DatabaseError {
    const wrapped = mysqlError(error);
    if (wrapped.kind === "lost" || wrapped.kind === "absent") this.lost ??= wrapped;
    return wrapped;
  }
}

/** How many of the statements go together. */
function together(statements: readonly Waiting[]): number {
  let length = 0;
  const over = statements.findIndex(({ sql }) => {
    length += sql.length;
    return length > TOGETHER;
  });
  return over === -1 ? statements.length : Math.max(1, over);
}

function resultOf(result: unknown): Result<never> {
  if (Array.isArray(result)) return { rows: result as never[], changed: 0 };
  const { affectedRows = 0 } = (result ?? {}) as { affectedRows?: number };
  return { rows: [], changed: affectedRows };
}
