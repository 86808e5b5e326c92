import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type {} from "vitest";
import type { TestProject } from "vitest/node";
import { type MariadbFacts, startMariadb } from "./mariadb.js";

declare module "vitest" {
  interface ProvidedContext {
    mariadb: MariadbFacts;
  }
}

/** One MariaDB for the whole run; tests say `attachMariadb(inject("mariadb"))`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const script = fileURLToPath(new URL("debian.sh", import.meta.url));
  const { status, error } = spawnSync("bash", [script], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (error) throw error;
  if (status !== 0) throw new Error("What the tests need is not installed; see above.");
  const server = await startMariadb();
  project.provide("mariadb", server.facts);
  return () => server.stop();
}
