import type { Connection } from "./connection";
import type { Engine } from "./engine";
import { DatabaseError, type ErrorKind } from "./error";

/** What a transaction over both databases goes over. On one server both are the same connection. */
export interface Link {
  readonly kamailio: Connection;
  readonly provisioning: Connection;
  /** Whether it can't be used any more. */
  readonly broken: boolean;
  /** Begins a transaction. What `take` asks for follows at once: locks, before anything is read. */
  begin(mode: "read" | "write", take: () => Promise<void>): Promise<void>;
  /** `record` names what is done by it. Throws InDoubt where nobody says whether it was. */
  commit(record: string | undefined): Promise<void>;
  /** Ends a transaction without a trace. Never throws: it is over already, or the connection is. */
  rollback(): Promise<void>;
  /** Runs a statement on every server there is. */
  everywhere(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** A COMMIT that ends so may have been done, or not. */
const LEFT_OPEN: ReadonlySet<ErrorKind> = new Set(["lost", "unsure"]);

/** A commit whose answer was lost. */
export class InDoubt extends Error {
  constructor(readonly why: DatabaseError) {
    super(why.words, { cause: why });
    this.name = "InDoubt";
  }
}

/** Where both databases are, and how they are changed together: one server, or two. */
export interface Servers extends Pick<Engine, "kind" | "connections" | "describe" | "databases"> {
  connect(): Promise<Link>;
}

/** One server, or one file: one connection serves both databases, and one transaction. */
export const oneServer = (engine: Engine): Servers => ({
  kind: engine.kind,
  connections: engine.connections,
  describe: engine.describe,
  databases: engine.databases,
  connect: async () => new OneConnection(engine, await engine.connect()),
});

class OneConnection implements Link {
  constructor(
    private readonly engine: Engine,
    private readonly connection: Connection,
  ) {}

  get kamailio(): Connection {
    return this.connection;
  }

  get provisioning(): Connection {
    return this.connection;
  }

  get broken(): boolean {
    return this.connection.broken;
  }

  async begin(mode: "read" | "write", take: () => Promise<void>): Promise<void> {
    await Promise.all([this.engine.begin(this.connection, mode), take()]);
  }

  async commit(): Promise<void> {
    try {
      await this.connection.run("COMMIT");
    } catch (error) {
      if (!(error instanceof DatabaseError && LEFT_OPEN.has(error.kind))) throw error;
      throw new InDoubt(error);
    }
  }

  rollback(): Promise<void> {
    return quietly(this.connection, "ROLLBACK");
  }

  async everywhere(sql: string): Promise<void> {
    await this.connection.run(sql);
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}

/** Runs what may fail: whatever led to it is what counts. */
export async function quietly(connection: Connection, sql: string): Promise<void> {
  await connection.run(sql).catch(() => {});
}
