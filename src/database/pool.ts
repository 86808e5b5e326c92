import type { Connection } from "./connection";
import type { Engine } from "./engine";

/** How long after a look a connection lets go of the moment it looked at, in milliseconds. */
const LINGER = 20;

/** The connections of a process: few, opened as they are needed, and used again. */
export class Pool {
  private readonly idle: Connection[] = [];
  private readonly waiting: ((connection: Promise<Connection>) => void)[] = [];
  private readonly lingering = new Map<Connection, NodeJS.Timeout>();
  private open = 0;

  constructor(private readonly engine: Engine) {}

  async acquire(): Promise<Connection> {
    for (let known = this.idle.pop(); known !== undefined; known = this.idle.pop()) {
      this.endLook(known);
      if (!known.broken) return known;
      // The server ends connections that nobody has used for long.
      this.discard(known);
    }
    if (this.open < this.engine.connections) return this.connect();
    return new Promise<Connection>((resolve) => {
      this.waiting.push(resolve);
    });
  }

  release(connection: Connection): void {
    if (connection.broken) {
      this.discard(connection);
      if (this.waiting.length > 0) this.waiting.shift()?.(this.connect());
      return;
    }
    const next = this.waiting.shift();
    if (next !== undefined) next(Promise.resolve(connection));
    else this.idle.push(connection);
  }

  /** Gives back a connection whose transaction read only: its end is not worth a wait. */
  releaseAfterLook(connection: Connection): void {
    const awaited = this.waiting.length > 0;
    if (awaited) connection.run("COMMIT").catch(() => {});
    this.release(connection);
    if (awaited || connection.broken) return;
    const timer = setTimeout(() => this.endLook(connection), LINGER);
    this.lingering.set(connection, timer.unref());
  }

  async close(): Promise<void> {
    for (const timer of this.lingering.values()) clearTimeout(timer);
    this.open -= this.idle.length;
    await Promise.all(this.idle.splice(0).map((connection) => connection.close()));
  }

  private discard(connection: Connection): void {
    this.open--;
    connection.close().catch(() => {});
  }

  private endLook(connection: Connection): void {
    const timer = this.lingering.get(connection);
    if (timer === undefined) return;
    clearTimeout(timer);
    this.lingering.delete(connection);
    connection.run("COMMIT").catch(() => {});
  }

  private async connect(): Promise<Connection> {
    this.open++;
    try {
      return await this.engine.connect();
    } catch (error) {
      this.open--;
      throw error;
    }
  }
}
