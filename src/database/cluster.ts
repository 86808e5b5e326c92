/**
 * A MariaDB server may be a node of a Galera cluster. There a write of another node undoes one that
 * is under way here, unless the cluster knows of it: so what a long write has changed is replicated
 * as it goes (streaming replication), and its lock at once. Others then wait for it, as on one server.
 */

/** Rows after which a transaction's changes so far go to the other nodes. */
const FRAGMENT = 10_000;

/** Set on a node of a cluster, and only there. */
const ON_CLUSTER = "@hermes_on_cluster";

/**
 * Settings of a connection to MariaDB: on a node of a cluster reads wait for what other nodes have
 * committed (`wsrep_sync_wait`), and long writes stream. A server that is none takes no notice, and
 * nobody has to ask first what it is. It takes no privilege.
 */
export const CLUSTER_SESSION = `BEGIN NOT ATOMIC
  DECLARE EXIT HANDLER FOR SQLEXCEPTION SET ${ON_CLUSTER} = 0;
  EXECUTE IMMEDIATE 'SET SESSION wsrep_sync_wait = 1, wsrep_trx_fragment_unit = ''rows'', wsrep_trx_fragment_size = ${FRAGMENT}';
  SET ${ON_CLUSTER} = 1;
END`;

const everyRows = (rows: number) =>
  `EXECUTE IMMEDIATE IF(${ON_CLUSTER}, 'SET SESSION wsrep_trx_fragment_size = ${rows}', 'DO 0')`;

/** What stands before and behind a statement whose rows every node must know before anything else is done. */
export const AT_ONCE = { before: everyRows(1), behind: everyRows(FRAGMENT) } as const;

/** What a server says of itself, by name: variables and states of one of several. */
export const HEALTH = [
  "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('read_only', 'wsrep_on')",
  "SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_ready', 'wsrep_local_state')",
].join(";\n");

/** What can be done with a server: nothing, reading, or all. */
export type Fitness = "unready" | "reads" | "writes";

/** `wsrep_local_state` of a node that keeps up with the others, and is no donor of its data. */
const SYNCED = "4";

export function fitnessOf(health: ReadonlyMap<string, string>): Fitness {
  const onCluster = health.get("wsrep_on") === "ON";
  if (onCluster && health.get("wsrep_ready") !== "ON") return "unready";
  if (onCluster && health.get("wsrep_local_state") !== SYNCED) return "reads";
  return /^(ON|1)$/.test(health.get("read_only") ?? "") ? "reads" : "writes";
}
