import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { version } from "../../package.json";
import { grammar } from "../../src/cli/commands";

const run = promisify(execFile);
const packager = fileURLToPath(new URL("../../build/package.mjs", import.meta.url));

/** Higher than any release of the next years. */
const HIGHER = "1000.0.0";

const folder = mkdtempSync(join(tmpdir(), "hermes-debian-"));
/** A Debian 12 with nothing in it but what every Debian has, and two shells more. */
const debian = join(folder, "root");
const inside = (path: string) => join(debian, path);
const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];

async function root(...words: string[]) {
  const [program = "", ...others] = [...asRoot, ...words];
  return run(program, others, { maxBuffer: 2 ** 26 });
}

/** Runs a line in the Debian, with /proc and terminals for the time being; answers what it prints. */
async function debianShell(line: string): Promise<string> {
  const script = `mount -t proc proc "$0/proc" && mount -t devpts -o newinstance,ptmxmode=0666 devpts "$0/dev/pts" && mount --bind "$0/dev/pts/ptmx" "$0/dev/ptmx" && exec chroot "$0" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive bash -ec "$1"`;
  const { stdout } = await root("unshare", "--mount", "sh", "-c", script, debian, line);
  return stdout;
}

const make = (deb: string) =>
  run(process.execPath, [packager, "--out", folder, "--compression", "none", "--version", deb]);

beforeAll(async () => {
  await Promise.all([
    root(
      "mmdebstrap",
      "--variant=minbase",
      "--include=zsh,fish",
      // It lives for a minute: no need to wait for the disk.
      "--dpkgopt=force-unsafe-io",
      '--aptopt=Acquire::Languages "none"',
      "bookworm",
      debian,
      "http://deb.debian.org/debian",
    ),
    make(version).then(() => make(HIGHER)),
  ]);
  for (const each of [version, HIGHER]) {
    const file = `hermes-sip_${each}_amd64.deb`;
    await root("cp", join(folder, file), inside("tmp"));
  }
}, 300_000);
afterAll(() => root("rm", "-rf", folder), 60_000);

test("the Debian has no Node.js", async () => {
  await expect(debianShell("command -v node npm")).rejects.toMatchObject({ code: 1 });
});

test("it installs by itself, with a user and a folder for its configuration", async () => {
  await debianShell(`dpkg --install /tmp/hermes-sip_${version}_amd64.deb`);
  expect(await debianShell("hermes --version")).toBe(`${version}\n`);
  expect(await debianShell("stat -c '%a %U:%G' /etc/hermes")).toBe("750 root:hermes\n");
  expect(await debianShell("getent passwd hermes")).toMatch(/^hermes:.*:\/usr\/sbin\/nologin\n$/);
  expect(await debianShell("dpkg --verify hermes-sip")).toBe("");
});

test("hermes quickstart runs there", async () => {
  expect(await debianShell("hermes quickstart")).toMatch(/alice@/);
  const answer = await debianShell("hermes user list --json");
  expect(JSON.parse(answer)).toMatchObject({ response: "ok" });
});

test("the user hermes may use it, and read its configuration", async () => {
  const asHermes = "setpriv --reuid hermes --regid hermes --init-groups env HOME=/tmp/of-hermes";
  await debianShell(`printf '[defaults]\\npermission = 22\\n' > /etc/hermes/config.toml
    chown root:hermes /etc/hermes/config.toml; chmod 0640 /etc/hermes/config.toml
    install -d -o hermes /tmp/of-hermes`);
  const shown = await debianShell(`${asHermes} hermes config show --json`);
  expect(JSON.parse(shown)).toMatchObject({ response: "ok" });
  expect(shown).toContain("22");
});

test("every command has its page, and there are examples and the licences", async () => {
  for (const { name } of grammar.families) {
    const page = gunzipSync(readFileSync(inside(`usr/share/man/man1/hermes-${name}.1.gz`)));
    expect(page.toString()).toContain(`.TH "HERMES`);
  }
  expect(existsSync(inside("usr/share/man/man5/hermes-config.5.gz"))).toBe(true);
  const doc = await debianShell("ls /usr/share/doc/hermes-sip /usr/share/doc/hermes-sip/examples");
  for (const name of [
    "copyright",
    "changelog.gz",
    "README.md",
    "CHANGELOG.md",
    "cron",
    "systemd",
    "kamailio",
  ]) {
    expect(doc.split("\n")).toContain(name);
  }
});

/** Lines for each shell, which print what it makes of a word that is begun: as a person's does, by what is installed. */
const COMPLETING = {
  bash: `
    source /usr/share/bash-completion/completions/hermes
    COMP_LINE='hermes TYPED'; COMP_POINT=\${#COMP_LINE}; COMP_WORDS=($COMP_LINE); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    _hermes hermes "\${COMP_WORDS[-1]}" "\${COMP_WORDS[-2]}"
    echo "\${COMPREPLY[*]}"`,
  zsh: `timeout 30 zsh -f <<'.'
    zmodload zsh/zpty
    zpty shell zsh -f -i
    zpty -w shell "PS1=; autoload -U compinit; compinit -D; echo rea''dy"
    zpty -r shell shown '*ready*'
    zpty -w -n shell $'hermes TYPED\\t'
    zpty -r -m shell shown '*WHOLE*'
    print -r -- $shown
.`,
  fish: `fish -c "complete -C 'hermes TYPED'"`,
};

test.each(["bash", "zsh", "fish"] as const)("%s completes commands and accounts", async (shell) => {
  for (const [line, whole] of [
    ["user add-l", "add-local"],
    ["user get ali", "alice@example.org"],
  ] as const) {
    const script = COMPLETING[shell].replace("TYPED", line).replace("WHOLE", whole);
    expect(await debianShell(script)).toContain(whole);
  }
});

test("an upgrade keeps the configuration and the data", async () => {
  await debianShell(`dpkg --install /tmp/hermes-sip_${HIGHER}_amd64.deb`);
  expect(await debianShell(`dpkg-query -W -f '\${Version}' hermes-sip`)).toBe(HIGHER);
  expect(await debianShell("cat /etc/hermes/config.toml")).toContain("permission = 22");
  expect(await debianShell("stat -c '%a %U:%G' /etc/hermes")).toBe("750 root:hermes\n");
  expect(JSON.parse(await debianShell("hermes user list --json"))).toMatchObject({
    response: "ok",
  });
});

test("removed, it leaves configuration and user; purged, neither, and the data are nobody else's", async () => {
  await debianShell("dpkg --remove hermes-sip");
  expect(existsSync(inside("usr/bin/hermes"))).toBe(false);
  expect(existsSync(inside("usr/lib/hermes-sip"))).toBe(false);
  expect(await debianShell("cat /etc/hermes/config.toml")).toContain("permission = 22");
  expect(await debianShell("getent passwd hermes")).toMatch(/^hermes:/);

  await debianShell("dpkg --purge hermes-sip");
  expect(existsSync(inside("etc/hermes"))).toBe(false);
  await expect(debianShell("getent passwd hermes")).rejects.toMatchObject({ code: 2 });
  await expect(debianShell("getent group hermes")).rejects.toMatchObject({ code: 2 });
  expect(
    await debianShell(
      "find / -xdev -iname '*hermes*' -not -path '/proc/*' -not -path '/tmp/*' -not -path '/root/*' -not -path '/var/log/*'",
    ),
  ).toBe("");
});
