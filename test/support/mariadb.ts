import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { closeSync, openSync, rmSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import mysql, { type Connection, type RowDataPacket } from "mysql2/promise";
import { freePort } from "./free-port.js";
import { GiveUp, waitFor } from "./wait.js";

const run = promisify(execFile);

/** All that another process needs to use a running server; plain data. */
export interface MariadbFacts {
  port: number;
  socket: string;
  rootPassword: string;
  user: string;
  password: string;
}

/** Which subscriber table: stock, as up to Kamailio 5.0, or stock with a site's own column. */
export type KamailioShape = "v7" | "v6" | "permittedcalls";

export interface KamailioOptions {
  /** Character set of the Kamailio database; latin1 is what kamdbctl proposes. */
  charset?: "latin1" | "utf8mb4";
  /** Collation of the Kamailio database; left out, the character set's own. */
  collation?: string;
  /** Create the provisioning database too (empty, utf8mb4). Left out, it gets a name only. */
  createProvisioning?: boolean;
}

export interface KamailioDatabases {
  kamailio: string;
  provisioning: string;
  kamailioUrl: string;
  provisioningUrl: string;
}

export interface MariadbServer {
  readonly facts: MariadbFacts;
  readonly port: number;
  readonly socket: string;
  readonly rootUrl: string;
  /** The address of a database (which need not exist) for a user with all rights. */
  url(database: string): string;
  /** Runs a statement as root, with no database chosen. Rows of a SELECT, else an empty list. */
  query<Row = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
  createKamailio(shape: KamailioShape, options?: KamailioOptions): Promise<KamailioDatabases>;
  /** Drops databases; names that do not exist are fine. */
  drop(names: Iterable<string>): Promise<void>;
  /** Ends the server and removes its data; of an attached one, only closes the connection. */
  stop(): Promise<void>;
}

/** A server whose process is the test's to do with as it likes. */
export interface OwnServer extends MariadbServer {
  /** Sends its process a signal. */
  signal(name: NodeJS.Signals): void;
  /** Kills it outright and starts it again, on the same port. */
  killAndRestart(): Promise<void>;
}

/** Starts a server of its own, empty but for its accounts, on loopback in a temporary folder. */
export async function startMariadb(serverOptions: readonly string[] = []): Promise<OwnServer> {
  const folder = await mkdtemp(join(tmpdir(), "hermes-mariadb-"));
  const mariadb = new Process(folder, serverOptions);
  try {
    await installTables(folder);
    const { port, connection } = await mariadb.start(asRoot);
    const facts = { port, socket: mariadb.socket, ...freshAccounts() };
    try {
      await makeAccounts(connection, facts);
    } finally {
      await connection.end();
    }
    const attached = attachMariadb(facts);
    return {
      ...attached,
      signal: (name) => mariadb.signal(name),
      async killAndRestart() {
        await attached.stop();
        await mariadb.kill();
        const again = await mariadb.startOn(port, asRoot, facts.rootPassword);
        await again.end();
      },
      async stop() {
        await attached.stop();
        await mariadb.stop();
      },
    };
  } catch (error) {
    await mariadb.stop();
    throw error;
  }
}

/** As root a server runs as user mysql, for it refuses to run as root. */
export const asRoot = process.getuid?.() === 0;

/** Makes the tables that a server must have, in the folder's `data`. */
export async function installTables(folder: string): Promise<void> {
  if (asRoot) await run("chown", ["mysql:", folder]);
  await run("mariadb-install-db", [
    "--no-defaults",
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
    "--skip-name-resolve",
    `--datadir=${join(folder, "data")}`,
    `--tmpdir=${folder}`,
    ...(asRoot ? ["--user=mysql"] : []),
  ]);
}

/** Passwords for root and for a user with all rights. */
export const freshAccounts = (): Omit<MariadbFacts, "port" | "socket"> => ({
  rootPassword: randomBytes(12).toString("hex"),
  user: "hermes_test",
  password: randomBytes(12).toString("hex"),
});

/** The same handle on a server that another process started. */
export function attachMariadb(facts: MariadbFacts): MariadbServer {
  const { port, socket } = facts;
  const address = (user: string, password: string, path: string) =>
    `mysql://${user}:${password}@127.0.0.1:${port}${path}`;
  const url = (database: string) =>
    address(facts.user, facts.password, `/${encodeURIComponent(database)}`);
  const connect = () =>
    mysql.createConnection({
      socketPath: socket,
      user: "root",
      password: facts.rootPassword,
      charset: "utf8mb4",
      // DATETIMEs as they stand in the table: what they mean is for the tests to say.
      dateStrings: true,
      multipleStatements: true,
    });
  let admin: Promise<Connection> | undefined;

  return {
    facts,
    port,
    socket,
    rootUrl: address("root", facts.rootPassword, "/"),
    url,

    async query<Row>(sql: string, values?: unknown[]) {
      admin ??= connect();
      const [rows] = await (await admin).query<RowDataPacket[]>(sql, values);
      return (Array.isArray(rows) ? rows : []) as Row[];
    },

    async createKamailio(shape, { charset = "latin1", collation, createProvisioning } = {}) {
      const suffix = randomBytes(6).toString("hex");
      const kamailio = `kamailio_${suffix}`;
      const provisioning = `hermes_${suffix}`;
      const collate = collation === undefined ? "" : ` COLLATE ${collation}`;
      const text = [
        `CREATE DATABASE ${kamailio} CHARACTER SET ${charset}${collate}; USE ${kamailio};`,
        await stockSchema(),
        shapes[shape],
        createProvisioning ? `CREATE DATABASE ${provisioning} CHARACTER SET utf8mb4;` : "",
      ].join("\n");
      // USE must not leak into query(), hence a connection of its own.
      const connection = await connect();
      try {
        await connection.query(text);
      } finally {
        await connection.end();
      }
      return {
        kamailio,
        provisioning,
        kamailioUrl: url(kamailio),
        provisioningUrl: url(provisioning),
      };
    },

    async drop(names) {
      for (const name of names) await this.query("DROP DATABASE IF EXISTS ??", [name]);
    },

    async stop() {
      const connection = await admin?.catch(() => undefined);
      admin = undefined;
      await connection?.end();
    },
  };
}

const shapes: Record<KamailioShape, string> = {
  v7: "",
  v6: `
    ALTER TABLE subscriber
      ADD email_address VARCHAR(64) NOT NULL DEFAULT '' AFTER password,
      ADD rpid VARCHAR(64) DEFAULT NULL;
    UPDATE version SET table_version = 6 WHERE table_name = 'subscriber';`,
  permittedcalls: "ALTER TABLE subscriber ADD permittedcalls SMALLINT UNSIGNED DEFAULT NULL;",
};

// standard comes first: the others insert into its version table.
const schemaFiles = ["standard", "auth_db", "usrloc", "alias_db", "domain", "avpops", "group"];
let schemaText: Promise<string> | undefined;

/** Kamailio's own schema, as Debian ships it. */
function stockSchema(): Promise<string> {
  schemaText ??= Promise.all(
    schemaFiles.map((name) => readFile(`/usr/share/kamailio/mysql/${name}-create.sql`, "utf8")),
  ).then((texts) => texts.join("\n"));
  return schemaText;
}

export async function makeAccounts(
  connection: Connection,
  facts: Omit<MariadbFacts, "port" | "socket">,
): Promise<void> {
  // There is one for the host's name, too, which cannot match where names are not resolved.
  const [roots] = await connection.query<RowDataPacket[]>(
    "SELECT Host FROM mysql.user WHERE User = 'root' AND Host IN ('localhost', '127.0.0.1', '::1')",
  );
  for (const { Host: host } of roots) {
    await connection.query("SET PASSWORD FOR 'root'@? = PASSWORD(?)", [host, facts.rootPassword]);
  }
  await connection.query("GRANT ALL ON *.* TO ?@'%' IDENTIFIED BY ? WITH GRANT OPTION", [
    facts.user,
    facts.password,
  ]);
}

/** The server process and its folder. */
export class Process {
  readonly socket: string;
  private readonly folder: string;
  private readonly log: string;
  private child: ChildProcess | undefined;
  // For a run that ends without stop(), as by Ctrl-C.
  private readonly atExit = () => {
    this.child?.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  };

  constructor(
    folder: string,
    private readonly serverOptions: readonly string[],
  ) {
    this.folder = folder;
    this.socket = join(folder, "mariadb.sock");
    this.log = join(folder, "error.log");
    process.once("exit", this.atExit);
  }

  signal(name: NodeJS.Signals): void {
    this.child?.kill(name);
  }

  async kill(): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  /** Starts it and waits until it answers. */
  async start(asRoot: boolean): Promise<{ port: number; connection: Connection }> {
    for (let attempt = 1; ; attempt++) {
      const port = await freePort();
      try {
        return { port, connection: await this.startOn(port, asRoot) };
      } catch (error) {
        const log = await readFile(this.log, "utf8").catch(() => "");
        // Someone else may have taken the port in the meantime.
        if (attempt < 3 && log.includes("Address already in use")) continue;
        throw new Error(`MariaDB did not start; its log:\n${log.slice(-4000)}`, { cause: error });
      }
    }
  }

  async startOn(port: number, asRoot: boolean, password = ""): Promise<Connection> {
    const log = openSync(this.log, "w");
    // setpriv, so that the server ends with this process even where that is killed outright. (The
    // server's own --user would take that setting back.) It execs, so the process id stays.
    const child = spawn(
      "setpriv",
      [
        ...(asRoot ? ["--reuid=mysql", "--regid=mysql", "--init-groups"] : []),
        // A frozen one hears nothing else.
        "--pdeathsig=SIGKILL",
        "mariadbd",
        "--no-defaults",
        `--datadir=${join(this.folder, "data")}`,
        `--tmpdir=${this.folder}`,
        `--socket=${this.socket}`,
        `--pid-file=${join(this.folder, "mariadb.pid")}`,
        `--port=${port}`,
        "--bind-address=127.0.0.1",
        "--skip-name-resolve",
        "--innodb-flush-log-at-trx-commit=1",
        // As Debian's own configuration has them.
        "--character-set-server=utf8mb4",
        "--collation-server=utf8mb4_general_ci",
        ...this.serverOptions,
      ],
      { stdio: ["ignore", log, log] },
    );
    closeSync(log);
    this.child = child;
    let failure: string | undefined;
    child.once("error", (error) => {
      failure = error.message;
    });
    child.once("exit", (status, signal) => {
      failure = `it ended with ${signal ?? `status ${status}`}`;
    });
    return await waitFor(
      "MariaDB",
      () => {
        if (failure !== undefined) throw new GiveUp(failure);
        return mysql.createConnection({ socketPath: this.socket, user: "root", password });
      },
      { timeout: 60_000 },
    );
  }

  async stop(): Promise<void> {
    const child = this.child;
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }
    process.off("exit", this.atExit);
    await rm(this.folder, { recursive: true, force: true });
  }
}
