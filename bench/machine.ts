import { execFileSync } from "node:child_process";
import { cpus, totalmem } from "node:os";
import type { MariadbServer } from "../test/support/mariadb.js";

/** What the figures depend on, in one line each. */
export async function machineFacts(server: MariadbServer): Promise<string[]> {
  const [row] = await server.query<{ version: string; pool: number }>(
    "SELECT VERSION() AS version, @@innodb_buffer_pool_size AS pool",
  );
  const processors = cpus();
  return [
    `${processors.length} × ${processors[0]?.model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GB`,
    `Node.js ${process.version}, MariaDB ${row?.version} with a buffer pool of ${Number(row?.pool) / 2 ** 20} MB, innodb_flush_log_at_trx_commit = 1`,
    ...["kamailio", "kamcli", "sqlite3"].flatMap(debianVersion),
  ];
}

function debianVersion(name: string): string[] {
  try {
    const version = execFileSync("dpkg-query", ["-W", "-f", `\${Version}`, name], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    return [`${name} ${version}`];
  } catch {
    return [];
  }
}
