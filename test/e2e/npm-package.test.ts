import { execFile } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { engines, version } from "../../package.json";
import { onlyObject } from "../support/hermes-process";
import { attachMariadb, type KamailioDatabases, type MariadbServer } from "../support/mariadb";
import { NO_ETC } from "../support/no-etc";
import { putNode } from "../support/nodes";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));

/** The releases of Node.js that Hermes is made for. */
const MAJORS = [20, 22, 24];

/** What an ordinary user is by number: root is nobody in particular here. */
const NOBODY = 65534;
const asUser =
  process.getuid?.() === 0
    ? ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", "--no-new-privs"]
    : [];

const folder = mkdtempSync(join(tmpdir(), "hermes-npm-"));
chmodSync(folder, 0o755);
const tarball = join(folder, `hermes-sip-${version}.tgz`);
/** The user's own, with nothing in it. */
const home = join(folder, "home");
const prefixOf = (major: number) => join(folder, `prefix-${major}`);
const nodeFolderOf = (major: number) => join(folder, `node-${major}`);

let registry: string;
/** How npm reaches its registry is the machine's own matter; what npx tells a child, and where data are, is not. */
const outside = Object.fromEntries(
  Object.entries({ ...process.env, ...NO_ETC }).filter(([name]) => !/^(npm|XDG)_/i.test(name)),
);

/** Runs a program as the user, where `node` is of that release. */
async function typed(major: number, words: readonly string[], more: Record<string, string> = {}) {
  const [program = "", ...rest] = [...asUser, ...words];
  return run(program, rest, {
    cwd: home,
    env: {
      ...outside,
      ...{ HOME: home, npm_config_registry: registry },
      ...more,
      PATH: `${nodeFolderOf(major)}:${process.env.PATH}`,
    },
  });
}

let mariadb: MariadbServer;
let databases: KamailioDatabases;

beforeAll(async () => {
  registry = (await run("npm", ["config", "get", "registry"])).stdout.trim();
  mkdirSync(home);
  if (asUser.length > 0) chownSync(home, NOBODY, NOBODY);
  const nodes = MAJORS.map((major) => putNode(major, nodeFolderOf(major)));
  // What is built is packed: --ignore-scripts has npm not build it again.
  const packing = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  await Promise.all([run("npm", packing, { cwd: root }), ...nodes]);
  mariadb = attachMariadb(inject("mariadb"));
  databases = await mariadb.createKamailio("v7");
}, 180_000);
afterAll(async () => {
  await mariadb?.drop([databases.kamailio, databases.provisioning]);
  await mariadb?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("the releases that it is made for begin where package.json says", () => {
  expect(engines.node).toBe(`>=${MAJORS[0]}.17`);
});

describe.each(MAJORS)(
  "installed by npm on Node.js %i, from an empty prefix, without scripts",
  (major) => {
    const prefix = prefixOf(major);
    const env = { XDG_DATA_HOME: join(home, `data-${major}`) };

    /** What a command answers; it may have nothing to warn of. */
    async function hermes(words: string, more = {}) {
      const command = [join(prefix, "bin", "hermes"), ...words.split(" ")];
      const { stdout, stderr } = await typed(major, command, { ...env, ...more });
      return { answer: () => onlyObject(stdout, stderr), stdout, stderr };
    }
    const ok = expect.objectContaining({ response: "ok" });

    beforeAll(async () => {
      mkdirSync(prefix);
      if (asUser.length > 0) chownSync(prefix, NOBODY, NOBODY);
      const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
      await typed(major, ["npm", "install", "--global", "--prefix", prefix, ...quiet, tarball]);
    }, 120_000);

    test("it is that Node.js that runs it", async () => {
      const { stdout } = await typed(major, ["node", "--version"]);
      expect(stdout).toMatch(new RegExp(`^v${major}\\.`));
      expect((await hermes("--version")).stdout).toBe(`${version}\n`);
    });

    test("it works on the embedded database", async () => {
      const made = await hermes("init --embedded --domain example.org --json");
      expect(made.answer()).toEqual(ok);
      for (const words of [
        "user add-local alice@example.org --displayname Alice --email alice@example.org",
        "numbers add-range +4712345000 +4712345099",
        "numbers assign --random alice@example.org",
      ]) {
        const { answer, stderr } = await hermes(`${words} --json`);
        expect([answer(), stderr]).toEqual([ok, ""]);
      }
      const { answer, stderr } = await hermes("user show alice@example.org --json");
      expect([answer(), stderr]).toEqual([
        expect.objectContaining({ number: expect.stringMatching(/^\+47123450\d\d$/) }),
        "",
      ]);
    });

    test("it works on MariaDB", async () => {
      const urls = {
        HERMES_KAMAILIO_URL: databases.kamailioUrl,
        HERMES_PROVISIONING_URL: databases.provisioningUrl,
      };
      expect((await hermes("db migrate --json", urls)).answer()).toEqual(ok);
      const { answer, stderr } = await hermes("user list --json", urls);
      expect([answer(), stderr]).toEqual([{ response: "ok", list: [] }, ""]);
    });

    test("the manual's pages are where man looks for them", () => {
      expect(existsSync(join(prefix, "share", "man", "man1", "hermes-user.1"))).toBe(true);
      expect(existsSync(join(prefix, "share", "man", "man5", "hermes-config.5"))).toBe(true);
    });

    test("nothing is in it but the program, what it is read with, and examples", () => {
      const installed = join(prefix, "lib", "node_modules", "hermes-sip");
      expect(readdirSync(installed).sort()).toEqual(
        [
          "CHANGELOG.md",
          "LICENSE",
          "README.md",
          "bin",
          "dist",
          "docs",
          "examples",
          "node_modules",
          "package.json",
        ].sort(),
      );
      const built = readdirSync(join(installed, "dist")).filter((name) => !name.endsWith(".cjs"));
      expect(built.sort()).toEqual(["compiled", "man", "types"]);
    });
  },
);
