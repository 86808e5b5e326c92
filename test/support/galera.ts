import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Connection, RowDataPacket } from "mysql2/promise";
import { freePort } from "./free-port.js";
import {
  asRoot,
  attachMariadb,
  freshAccounts,
  installTables,
  type MariadbServer,
  makeAccounts,
  Process,
} from "./mariadb.js";
import { waitFor } from "./wait.js";

const run = promisify(execFile);

/** Debian's galera-4. */
const PROVIDER = "/usr/lib/galera/libgalera_smm.so";

/** A node that says nothing for so many seconds is no longer of the cluster; the default is five. */
const SUSPECT = 2;

export interface ClusterNode extends MariadbServer {
  signal(name: NodeJS.Signals): void;
}

/** Three nodes on loopback. One that has left does not come back: that would take a state transfer. */
export interface Cluster {
  readonly nodes: readonly [ClusterNode, ClusterNode, ClusterNode];
  /** The URL of a database on several nodes, in this order. */
  url(database: string, ...nodes: readonly number[]): string;
  stop(): Promise<void>;
}

/**
 * Starts a cluster of its own, empty but for its accounts. All nodes begin with the same tables and
 * each at the place in the cluster's history where it joins, so that none has to be sent a state:
 * it takes no more than galera-4, and a few seconds.
 */
export async function startGalera(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), "hermes-galera-"));
  const started: Process[] = [];
  // Nobody waits for a node that is frozen, or alone.
  const kill = () => Promise.all(started.map((node) => node.kill()));
  const remove = async () => {
    for (const node of started) await node.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    if (asRoot) await run("chown", ["mysql:", folder]);
    await installTables(folder);
    const history = randomUUID();
    const groupPorts = [await freePort(), await freePort(), await freePort()] as const;
    const connections: Connection[] = [];
    const places: { port: number; socket: string }[] = [];
    for (const [index, group] of groupPorts.entries()) {
      const own = join(folder, `node${index + 1}`);
      await placeData(join(folder, "data"), own, history, index);
      const node = new Process(own, nodeOptions(index, group, groupPorts[0], history));
      started.push(node);
      const { port, connection } = await node.start(asRoot);
      await waitFor(`node ${index + 1} of the cluster`, () => isSynced(connection), {
        timeout: 60_000,
      });
      places.push({ port, socket: node.socket });
      connections.push(connection);
    }
    const accounts = freshAccounts();
    await makeAccounts(connections[0] as Connection, accounts);
    for (const connection of connections) await connection.end();
    const nodes = places.map((place, index) => ({
      ...attachMariadb({ ...place, ...accounts }),
      signal: (name: NodeJS.Signals) => started[index]?.signal(name),
    })) as unknown as Cluster["nodes"];
    const { user, password } = accounts;
    return {
      nodes,
      url(database, ...chosen) {
        const hosts = chosen.map((index) => `127.0.0.1:${nodes[index]?.port}`);
        return `mysql://${user}:${password}@${hosts.join()}/${database}`;
      },
      async stop() {
        await kill();
        await Promise.all(nodes.map((node) => node.stop().catch(() => {})));
        await remove();
      },
    };
  } catch (error) {
    await kill();
    await remove();
    throw error;
  }
}

/** A copy of the tables, and what it is a copy of. */
async function placeData(seed: string, folder: string, history: string, place: number) {
  await mkdir(folder);
  await cp(seed, join(folder, "data"), { recursive: true });
  const state = [
    "# GALERA saved state",
    "version: 2.1",
    `uuid:    ${history}`,
    `seqno:   ${place}`,
    `safe_to_bootstrap: ${place === 0 ? 1 : 0}`,
  ];
  await writeFile(join(folder, "data", "grastate.dat"), `${state.join("\n")}\n`);
  if (asRoot) await run("chown", ["-R", "mysql:", folder]);
}

function nodeOptions(index: number, group: number, first: number, history: string): string[] {
  const provider = {
    base_port: group,
    "gmcast.listen_addr": `tcp://127.0.0.1:${group}`,
    "gcache.size": "64M",
    "evs.keepalive_period": "PT0.5S",
    "evs.suspect_timeout": `PT${SUSPECT}S`,
    "evs.inactive_timeout": `PT${2 * SUSPECT}S`,
  };
  return [
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-buffer-pool-size=256M",
    "--binlog-format=ROW",
    "--innodb-autoinc-lock-mode=2",
    "--wsrep-on=ON",
    `--wsrep-provider=${PROVIDER}`,
    "--wsrep-cluster-name=hermes-test",
    `--wsrep-cluster-address=gcomm://${index === 0 ? "" : `127.0.0.1:${first}`}`,
    `--wsrep-node-address=127.0.0.1:${group}`,
    `--wsrep-start-position=${history}:${index}`,
    `--wsrep-provider-options=${Object.entries(provider)
      .map(([name, value]) => `${name}=${value}`)
      .join(";")}`,
    ...(index === 0 ? ["--wsrep-new-cluster"] : []),
  ];
}

async function isSynced(connection: Connection): Promise<boolean> {
  const [rows] = await connection.query<RowDataPacket[]>(
    "SHOW GLOBAL STATUS LIKE 'wsrep_local_state_comment'",
  );
  return rows[0]?.Value === "Synced";
}
