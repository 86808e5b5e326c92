import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { version } from "../../package.json";
import { onlyObject } from "../support/hermes-process";
import { type OwnServer, startMariadb } from "../support/mariadb";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];

/** Playbook, inventory, package: all that an administrator has in one place. */
const folder = mkdtempSync(join(tmpdir(), "hermes-ansible-"));
/** Hermes makes a database of a name that is always the same, so the server is this test's own. */
let server: OwnServer;

/**
 * The machine that is set up: this one, but what is written there stays in memory and ends with the
 * script. It has a Kamailio, and no Hermes.
 */
const LAYERED = `
  mount -t tmpfs tmpfs "$0/layer"
  mkdir "$0/layer/written" "$0/layer/work" "$0/layer/root"
  mount -t overlay overlay -o "lowerdir=/,upperdir=$0/layer/written,workdir=$0/layer/work" "$0/layer/root"
  for place in /proc /dev /sys "$0"; do
    mkdir -p "$0/layer/root$place"
    mount --bind "$place" "$0/layer/root$place"
  done
  exec chroot "$0/layer/root" env -i HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin bash -ec "cd '$0'; $1"`;

async function onServer(script: string): Promise<string> {
  const words = [...asRoot, "unshare", "--mount", "sh", "-ec", LAYERED, folder, script];
  const [program = "", ...rest] = words;
  return (await run(program, rest, { maxBuffer: 2 ** 26 })).stdout;
}

beforeAll(async () => {
  const packager = join(root, "build", "package.mjs");
  [server] = await Promise.all([
    startMariadb(),
    run(process.execPath, [packager, "--out", folder, "--compression", "none"]),
  ]);
  const { kamailio } = await server.createKamailio("v7");
  await server.query(`INSERT INTO ${kamailio}.domain (domain) VALUES ('example.org')`);
  mkdirSync(join(folder, "layer"));
  cpSync(join(root, "examples", "ansible"), folder, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const { user, password, rootPassword } = server.facts;
  write(
    "kamctlrc",
    `DBENGINE=MYSQL\nDBHOST=127.0.0.1\nDBPORT=${server.port}\nDBNAME=${kamailio}\nDBRWUSER=${user}\nDBRWPW=${password}\nDBROOTPW=${rootPassword}\n`,
  );
  write(
    "inventory",
    "[sip]\nlocalhost ansible_connection=local ansible_python_interpreter=/usr/bin/python3\n",
  );
  const people = ["alice", "bob"].map((name) => ({
    ...{ user: `${name}@example.org`, name, email: `${name}@mail.test` },
    may_call: "INTERNAL,NATIONAL",
  }));
  mkdirSync(join(folder, "group_vars"));
  write("group_vars/sip.yml", JSON.stringify({ people }));
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("ansible/site.yml sets up a host beside its Kamailio, and changes nothing the second time", async () => {
  const said = await onServer(`
    cp kamctlrc /etc/kamailio/kamctlrc
    play() { ansible-playbook -i inventory site.yml -e deb=$PWD/hermes-sip_${version}_amd64.deb; }
    for round in first second; do echo "== $round"; play || true; done
    echo == known; hermes user list --json
    echo == allowed; hermes permission get bob@example.org --json`);
  const after = (heading: string) => said.split(`== ${heading}\n`)[1]?.split(/^== /m)[0] ?? "";
  expect(after("first")).toMatch(/^localhost .* ok=7 +changed=4 .*failed=0/m);
  expect(after("second")).toMatch(/^localhost .* changed=0 .*failed=0/m);
  expect(onlyObject(after("known"))).toMatchObject({
    list: [{ user: "alice@example.org" }, { user: "bob@example.org" }],
  });
  expect(onlyObject(after("allowed"))).toMatchObject({ flags: ["INTERNAL", "NATIONAL"] });
}, 180_000);
