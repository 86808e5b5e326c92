import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { standInServer } from "./stand-in-server.mjs";

/**
 * What the usual runs of Hermes need compiled. Each run begins with what those before it have left,
 * so that the code of all of them adds up. A run may fail: it warms what it reaches.
 * @type {readonly (readonly string[])[]}
 */
const RUNS = [
  ["--version"],
  ["--help"],
  ["user", "--help"],
  ["user", "add-local", "--help"],
  ["init", "--embedded", "--domain", "example.org", "--json"],
  ["user", "add-local", "alice@example.org", "--displayname", "Alice", "--email", "a@example.org"],
  ["user", "get", "alice@example.org", "--json"],
  ["user", "get", "alice@example.org"],
  ["user", "get", "nobody@example.org", "--json"],
];

/** The same on MySQL. Only reading: there is no server but a stand-in. */
const MYSQL_RUNS = [
  ["user", "get", "alice@example.org", "--json"],
  ["user", "get", "nobody@example.org", "--json"],
];

const recorder = fileURLToPath(new URL("record-compiled.cjs", import.meta.url));

/**
 * Runs the bundle below `stage` a few times in an empty home of its own, and leaves V8's compiled
 * code in its dist/compiled.
 * @param {string} stage
 */
export async function warmUp(stage) {
  const home = mkdtempSync(join(tmpdir(), "hermes-warm-up-"));
  try {
    for (const argv of RUNS) await run(stage, home, argv, {});
    const server = await standInServer(join(home, "data", "hermes", "hermes.db"));
    const url = `mysql://hermes:hermes@127.0.0.1:${server.port}`;
    for (const argv of MYSQL_RUNS) {
      await run(stage, home, argv, {
        HERMES_KAMAILIO_URL: `${url}/kamailio`,
        HERMES_PROVISIONING_URL: `${url}/hermes`,
      });
    }
    server.close();
  } catch (error) {
    console.error(`Hermes will start a little slower: ${error}`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * @param {string} stage
 * @param {string} home
 * @param {readonly string[]} argv
 * @param {Record<string, string>} env
 */
async function run(stage, home, argv, env) {
  const child = spawn(
    process.execPath,
    ["--require", recorder, join(stage, "bin", "hermes.js"), ...argv],
    {
      cwd: home,
      stdio: process.env.HERMES_BUILD_VERBOSE ? ["ignore", "inherit", "inherit"] : "ignore",
      timeout: 5_000,
      env: {
        PATH: process.env.PATH ?? "",
        HOME: home,
        XDG_CONFIG_HOME: join(home, "config"),
        XDG_DATA_HOME: join(home, "data"),
        ...env,
      },
    },
  );
  await once(child, "exit");
}
