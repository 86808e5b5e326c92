import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withStandIn } from "./stand-in-server.mjs";

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
  ["user", "list"],
  ["numbers", "add-range", "+49301000", "+49301009", "--json"],
  ["numbers", "list", "--json"],
  ["alias", "add", "+49301000@example.org", "alice@example.org"],
  ["phone", "add", "alice@example.org", "00:0b:82:00:00:01", "--json"],
];

/** The same on MySQL. Only reading: there is no server but a stand-in. */
const MYSQL_RUNS = [
  ["user", "get", "alice@example.org", "--json"],
  ["user", "get", "nobody@example.org", "--json"],
  ["user", "list", "--json"],
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
    const config = join(home, "config.toml");
    writeFileSync(config, "# The embedded database.\n");
    for (const argv of RUNS) await run(stage, home, argv);
    await withStandIn(join(home, "data", "hermes", "hermes.db"), async (port) => {
      const url = `mysql://hermes:hermes@127.0.0.1:${port}`;
      writeFileSync(config, `[kamailio]\nurl = "${url}/kamailio"\n`);
      for (const argv of MYSQL_RUNS) await run(stage, home, argv);
    });
  } catch (error) {
    console.error(`Hermes works, but starts slower than it could: ${error}`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * @param {string} stage
 * @param {string} home
 * @param {readonly string[]} argv
 */
async function run(stage, home, argv) {
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
        HERMES_ETC: home,
        HERMES_CONFIG: join(home, "config.toml"),
        XDG_DATA_HOME: join(home, "data"),
        XDG_STATE_HOME: join(home, "state"),
      },
    },
  );
  await once(child, "exit");
}
