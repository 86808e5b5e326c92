import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { version } from "../../package.json";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "hermes-npm-"));
const prefix = join(folder, "prefix");
const home = join(folder, "home");

/** As a user whose home is empty; how npm reaches its registry is the machine's own matter. */
const env: NodeJS.ProcessEnv = {
  ...process.env,
  XDG_DATA_HOME: join(home, "data"),
  XDG_CONFIG_HOME: join(home, "config"),
  XDG_STATE_HOME: join(home, "state"),
};

/** Every Node.js of a release that Hermes is made for, where it is installed: this one, and those of version managers. */
const nodes = [
  process.execPath,
  ...["/opt", "/usr/local/n/versions/node", `${process.env.HOME}/.nvm/versions/node`]
    .filter((place) => existsSync(place))
    .flatMap((place) => readdirSync(place).map((name) => join(place, name, "bin", "node")))
    .filter((node) => /v?(?:20|22|24)\./.test(node) && existsSync(node)),
];

beforeAll(async () => {
  // What is built is packed: --ignore-scripts has npm not build it again.
  const packing = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  await run("npm", packing, { cwd: root, env });
  const tarball = join(folder, `hermes-sip-${version}.tgz`);
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--omit=dev"];
  await run("npm", ["install", "--global", "--prefix", prefix, ...quiet, tarball], { env });
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(nodes)("installed from an empty prefix without scripts, it runs on %s", async (node) => {
  const hermes = (...words: string[]) =>
    run(join(prefix, "bin", "hermes"), words, {
      env: { ...env, PATH: `${dirname(node)}:${env.PATH}` },
    });
  expect((await hermes("--version")).stdout).toBe(`${version}\n`);
  expect((await hermes("quickstart")).stdout).toMatch(/alice@/);
  const { stdout } = await hermes("user", "list", "--json");
  expect(JSON.parse(stdout)).toMatchObject({ response: "ok" });
});

test("the manual's pages are where man looks for them", () => {
  expect(existsSync(join(prefix, "share", "man", "man1", "hermes-user.1"))).toBe(true);
  expect(existsSync(join(prefix, "share", "man", "man5", "hermes-config.5"))).toBe(true);
});

test("nothing is in the tarball but the program, what it is read with, and examples", () => {
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
