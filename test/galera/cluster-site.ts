import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Cluster, type ClusterNode, startGalera } from "../support/galera";
import { runHermes, runJson } from "../support/hermes-process";
import { DOMAIN } from "../support/site";
import { temporaryHome } from "../support/temporary-home";

/** `npm run test:long` sets more at stake. */
export const LONG = process.env.HERMES_TEST_LONG !== undefined;

/** A site whose two databases are on a cluster. */
export interface ClusterSite {
  readonly cluster: Cluster;
  readonly kamailio: string;
  readonly provisioning: string;
  /** What a process must have in its environment that goes to these nodes, in this order. */
  env(...nodes: readonly number[]): Record<string, string>;
  /** For how many seconds processes from now on wait for others. */
  beingPatient(seconds: number): Promise<void>;
  /** How many accounts of a series a node has; uncommitted ones too where it is so isolated. */
  accounts(node: number, name: string, isolation?: string): Promise<number>;
  stop(): Promise<void>;
}

export async function startClusterSite(): Promise<ClusterSite> {
  const cluster = await startGalera();
  const home = await temporaryHome();
  const config = join(home.env.XDG_CONFIG_HOME, "hermes");
  await mkdir(config, { recursive: true });
  const beingPatient = (seconds: number) =>
    writeFile(
      join(config, "config.toml"),
      `[database]\nconnect_timeout = 5\nlock_timeout = ${seconds}\n`,
    );
  await beingPatient(30);
  const { kamailio, provisioning } = await cluster.nodes[0].createKamailio("v7");
  const env = (...nodes: readonly number[]) => ({
    ...home.env,
    HERMES_KAMAILIO_URL: cluster.url(kamailio, ...nodes),
    HERMES_PROVISIONING_URL: cluster.url(provisioning, ...nodes),
  });
  const { status, stderr } = await runHermes(["db", "migrate"], { env: env(0, 1, 2) });
  if (status !== 0) throw new Error(stderr);
  await cluster.nodes[0].query("INSERT INTO ??.domain (domain) VALUES (?)", [kamailio, DOMAIN]);
  await cluster.nodes[0].query(
    "INSERT INTO ??.servers (domain, registrar, r_port, proxy, p_port, prov_url) VALUES (?, ?, 5060, ?, 5060, 'https://prov.test')",
    [provisioning, DOMAIN, DOMAIN, DOMAIN],
  );
  return {
    ...{ cluster, kamailio, provisioning, env, beingPatient },
    async accounts(node, name, isolation = "READ COMMITTED") {
      const server = cluster.nodes[node] as ClusterNode;
      await server.query(`SET SESSION TRANSACTION ISOLATION LEVEL ${isolation}`);
      await server.query("SET SESSION wsrep_sync_wait = 1");
      const sql = "SELECT COUNT(*) AS n FROM ??.subscriber WHERE username REGEXP ?";
      const rows = await server.query<{ n: number }>(sql, [kamailio, `^${name}[0-9]+$`]);
      return rows[0]?.n ?? 0;
    },
    async stop() {
      await cluster.stop();
      await home.remove();
    },
  };
}

/** An import's rows, all of one series of names. */
export function accountRows(name: string, count: number): string {
  const rows = Array.from(
    { length: count },
    (_, index) => `${name}${index}@${DOMAIN},Somebody ${index},${name}${index}@mail.test\n`,
  );
  return `user,displayname,email\n${rows.join("")}`;
}

/** Someone else who writes all the time, and how that went. */
export interface Writer {
  /** Ends it: how often it wrote, what went wrong, and the longest wait in milliseconds. */
  end(): Promise<{ written: number; failures: string[]; longest: number }>;
}

/** Writes again and again until it is ended, each time a moment after the last. */
export function keepWriting(write: (count: number) => Promise<string | undefined>): Writer {
  const failures: string[] = [];
  let [written, longest, ended] = [0, 0, false];
  const writing = (async () => {
    while (!ended) {
      const begun = performance.now();
      const failure = await write(written);
      longest = Math.max(longest, performance.now() - begun);
      if (failure === undefined) written++;
      else failures.push(failure);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    async end() {
      ended = true;
      await writing;
      return { written, failures, longest: Math.round(longest) };
    },
  };
}

/** Calls a command that must answer `ok`. */
export async function done(args: readonly string[], options: Parameters<typeof runJson>[1]) {
  const { envelope, stderr } = await runJson(args, options);
  if (envelope.response !== "ok") throw new Error(`${JSON.stringify(envelope)} ${stderr}`);
  return envelope;
}
