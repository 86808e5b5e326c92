import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { programs } from "../support/shell";
import { BARE, FURNISHED, PEOPLED, World } from "./worlds";

const run = promisify(execFile);
const examples = fileURLToPath(new URL("../../examples", import.meta.url));
const read = (name: string) => readFileSync(join(examples, name), "utf8");

let world: World;
beforeAll(async () => {
  world = await World.of([...BARE, ...PEOPLED, ...FURNISHED]);
}, 60_000);
afterAll(() => world?.remove());

test("docs/session.md is still what a terminal shows", async () => {
  const again = join(world.home, "session.md");
  await run(process.execPath, [join(examples, "..", "build", "session.mjs"), again]);
  expect(readFileSync(again, "utf8")).toBe(read("../docs/session.md"));
});

test("jq/reports.sh says what it promises", async () => {
  await world.run("hermes permission set dave@example.org --flags INTERNATIONAL");
  const { status, stdout, stderr } = await world.run(join(examples, "jq", "reports.sh"));
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(stdout.split("\n")).toEqual([
    "example.org\t2",
    "dave@example.org",
    '"+4712345000@example.org","alice@example.org"',
    "true",
    "b: There is no account nobody@example.org.",
    "",
  ]);
});

const jobs = read("cron/hermes")
  .split("\n")
  .filter((line) => /^[\d*]/.test(line))
  .map((line) => {
    const [, when = "", user = "", command = ""] =
      /^((?:\S+ ){4}\S+) +(\S+) +(.*)$/.exec(line) ?? [];
    return { when, user, command };
  });

test("cron/hermes has its jobs, each at a time and for the user hermes", () => {
  expect(jobs.length).toBeGreaterThan(3);
  for (const { when, user } of jobs) {
    expect(when).toMatch(/^([\d,*/-]+ ){4}[\d,*/-]+$/);
    expect(user).toBe("hermes");
  }
});

test.each(jobs)("cron does: $command", async ({ command }) => {
  const { home } = world;
  writeFileSync(join(home, ".config/hermes/config.toml"), `[phones]\nout = "${home}/phones"\n`);
  const here = command.replace("/srv/carrier", home);
  // Cron takes a % for a new line, and mails whatever is printed.
  expect(command).not.toContain("%");
  const { status, stdout, stderr } = await world.run(here);
  expect([status, stderr]).toEqual([0, ""]);
  if (!command.includes("doctor")) expect(stdout).toBe("");
});

test("the units are as systemd wants them", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hermes-units-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const units = ["systemd", "phones/systemd"].flatMap((place) =>
    readdirSync(join(examples, place)).map((name) => {
      // systemd looks whether the program is there.
      const unit = read(join(place, name)).replace(
        /=\/usr\/(?:local\/)?bin\/hermes/g,
        `=${programs}/hermes`,
      );
      const file = join(folder, name);
      writeFileSync(file, unit);
      return file;
    }),
  );
  expect(units.length).toBeGreaterThanOrEqual(7);
  const { stdout, stderr } = await run("systemd-analyze", ["verify", "--man=no", ...units]);
  // Of other packages' units on this machine nothing is our business.
  const ours = (stdout + stderr).split("\n").filter((line) => line.includes("hermes"));
  expect(ours).toEqual([]);
});

test("ansible/people.yml adds who is missing, and nobody twice", async () => {
  const folder = join(world.home, "ansible");
  mkdirSync(folder);
  writeFileSync(join(folder, "people.yml"), read("ansible/people.yml"));
  writeFileSync(
    join(folder, "play.yml"),
    JSON.stringify([
      {
        hosts: "localhost",
        connection: "local",
        gather_facts: false,
        vars: {
          people: ["alice", "erin"].map((name) => ({
            user: `${name}@example.org`,
            name,
            email: `${name}@example.org`,
            may_call: "INTERNAL,NATIONAL",
          })),
        },
        tasks: [{ import_tasks: "people.yml" }],
      },
    ]),
  );
  const play = () => world.run("cd ansible && ansible-playbook -i localhost, play.yml");
  const first = await play();
  expect(first.stdout + first.stderr).toMatch(/ok=3 +changed=1 .*failed=0/);
  expect((await world.json("user", "get", "erin@example.org")).response).toBe("ok");
  expect(await world.json("permission", "get", "erin@example.org")).toMatchObject({
    permission: 20,
  });
  expect((await play()).stdout).toMatch(/changed=0 .*failed=0/);
}, 120_000);
