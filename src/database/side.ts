import type { Connection, Result, Value } from "./connection";
import { DatabaseError } from "./error";

/** A connection to one of two servers: its errors say to which, and it knows whether it changed anything. */
export class Side implements Connection {
  wrote = false;

  constructor(
    private readonly connection: Connection,
    private readonly place: string,
  ) {}

  get broken(): boolean {
    return this.connection.broken;
  }

  run<Row>(sql: string, values?: readonly Value[]): Promise<Result<Row>> {
    return this.watched(this.connection.run<Row>(sql, values));
  }

  atOnce(sql: string, values?: readonly Value[]): Promise<Result> {
    return this.watched(this.connection.atOnce(sql, values));
  }

  stream<Row>(sql: string, values?: readonly Value[]): AsyncGenerator<Row[]> {
    return this.placing(this.connection.stream<Row>(sql, values));
  }

  texts(sql: string, values?: readonly Value[]): AsyncGenerator<string[]> {
    return this.placing(this.connection.texts(sql, values));
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private async watched<Row>(running: Promise<Result<Row>>): Promise<Result<Row>> {
    try {
      const result = await running;
      if (result.changed > 0) this.wrote = true;
      return result;
    } catch (error) {
      throw placed(error, this.place);
    }
  }

  private async *placing<Row>(batches: AsyncGenerator<Row[]>): AsyncGenerator<Row[]> {
    try {
      yield* batches;
    } catch (error) {
      throw placed(error, this.place);
    }
  }
}

/** The same error, which says where it happened. */
export function placed(error: unknown, place: string): unknown {
  if (error instanceof DatabaseError) error.place ??= place;
  return error;
}
