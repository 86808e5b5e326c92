import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { loadConfig } from "../../src/config/load";
import { type Hermes, openHermes } from "../../src/hermes";
import type { Fate, Word } from "./gates";
import { agreed, call, person, recorded, usePair } from "./pair";

const pair = usePair();

/** What every decision has in it. */
const DECISION = "(xid, outcome, record) VALUES";

/** A core in this process, by way of the gates. */
async function owner(): Promise<Hermes> {
  return openHermes(await loadConfig(pair().gates.through(pair().site.env)));
}

/** Holds the first word that has a text, until it is let go. */
function hold(text: string) {
  let letGo = () => {};
  const gone = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let reached = () => {};
  const held = new Promise<void>((resolve) => {
    reached = resolve;
  });
  let first = true;
  pair().gates.watch(async (word: Word): Promise<Fate> => {
    if (first && word.to === "server" && word.text.includes(text)) {
      first = false;
      reached();
      await gone;
    }
    return "pass";
  });
  return { held, letGo };
}

it.each([
  { what: "before anything is decided", at: "XA PREPARE" },
  { what: "before the decision", at: DECISION },
  { what: "after the decision", at: "XA COMMIT" },
])("a recoverer that comes $what takes nothing from a living owner", async ({ at }) => {
  const name = `held${at.length}`;
  const { held, letGo } = hold(at);
  const hermes = await owner();
  const answer = hermes.call("user/add_local", person(name));
  await held;
  const recovered = await pair().site.hermes.owner.recover();
  expect(recovered.map(({ outcome }) => outcome)).not.toContain("rolled back");
  letGo();
  expect(await answer).toMatchObject({ response: "ok" });
  await hermes.close();
  expect((await agreed(pair())).has(name)).toBe(true);
  expect(await recorded(pair(), name)).toBe(true);
});

it("a write that begins between both commits sees what was decided", async () => {
  await pair().site.ok("user/add_local", person("alice"));
  const { held, letGo } = hold("XA COMMIT");
  const hermes = await owner();
  const alias = { alias: "door@example.org", destination: "alice@example.org" };
  const first = hermes.call("alias/add", alias);
  await held;
  const second = pair().site.hermes.call("alias/add", alias);
  await sleep(600);
  letGo();
  expect(await first).toMatchObject({ response: "ok" });
  expect(await second).toMatchObject({ response: "failed", cause: "exists" });
  await hermes.close();
  expect(await pair().site.sql("SELECT * FROM {dbaliases}")).toHaveLength(1);
  await agreed(pair());
});

it("the next write finishes what a crash has left behind its decision", async () => {
  const { held } = hold("XA COMMIT");
  const { child, answer } = call(pair(), "user/add_local", person("left"));
  await held;
  child.kill("SIGKILL");
  await answer;
  expect(await pair().site.call("user/add_local", person("left"))).toMatchObject({
    response: "failed",
    cause: "exists",
  });
  expect((await agreed(pair())).has("left")).toBe(true);
});

it.each([
  { what: "undecided", at: DECISION, outcome: "rolled back" },
  { what: "decided", at: "XA COMMIT", outcome: "committed" },
])(
  "of two recoverers at once one ends a branch that is $what",
  async ({ at, outcome, what }) => {
    for (let round = 0; round < 5; round++) {
      const { held } = hold(at);
      const { child, answer } = call(pair(), "user/add_local", person(`${what}${round}`));
      await held;
      child.kill("SIGKILL");
      await answer;
      const [one, two] = [await owner(), await owner()];
      const both = await Promise.all([one.owner.recover(), two.owner.recover()]);
      const ended = both.flat().filter((each) => each.outcome !== "in progress");
      expect(ended).toEqual([
        expect.objectContaining(
          outcome === "committed"
            ? { outcome, node: "user/add_local", subject: `${what}${round}@example.org` }
            : { outcome, node: null, subject: null },
        ),
      ]);
      await Promise.all([one.close(), two.close()]);
      expect((await agreed(pair())).has(`${what}${round}`)).toBe(outcome === "committed");
    }
  },
  120_000,
);

it("recoverers that never rest take nothing from owners", async () => {
  let met = 0;
  pair().gates.watch(async ({ to, text }): Promise<Fate> => {
    if (to === "server" && text.includes("'abort')")) met++;
    // Long enough for a recoverer to find the branch prepared.
    if (to === "server" && (text.includes(DECISION) || text.includes("XA COMMIT"))) await sleep(20);
    return "pass" as const;
  });
  let writing = true;
  const recoverer = async () => {
    const hermes = await owner();
    while (writing) await hermes.owner.recover();
    await hermes.close();
  };
  const hermes = await owner();
  const recoverers = [recoverer(), recoverer()];
  const answers: string[] = [];
  for (let index = 0; index < 40; index++) {
    answers.push(String((await hermes.call("user/add_local", person(`busy${index}`))).response));
  }
  writing = false;
  await Promise.all(recoverers);
  await hermes.close();
  expect(answers).toEqual(answers.map(() => "ok"));
  const there = await agreed(pair());
  expect([...there].filter((name) => name.startsWith("busy"))).toHaveLength(40);
  console.info(`40 writes beside two recoverers, who met ${met} living branches`);
  expect(met).toBeGreaterThan(20);
}, 120_000);

it("what is older than a minute is ended by the next write, and doctor sees it", async () => {
  const { kamailio, site } = pair();
  await site.ok("user/add_local", person("bob"));
  const { held } = hold(DECISION);
  const { child, answer } = call(pair(), "user/add_local", person("old"));
  await held;
  child.kill("SIGKILL");
  await answer;
  // The same branch, as it would be called had it begun long ago.
  const [{ data = "" } = {}] = await kamailio.query<{ data: string }>("XA RECOVER");
  await site.hermes.owner.recover();
  const old = `${data.slice(0, data.lastIndexOf("-") + 1)}01jaaaaaaa0000000000`;
  const table = site.config.kamailio.kind === "mysql" ? site.config.kamailio.database : "";
  const { default: mysql } = await import("mysql2/promise");
  const connection = await mysql.createConnection({
    uri: kamailio.rootUrl,
    multipleStatements: true,
  });
  await connection.query(
    `XA START '${old}'; UPDATE ${table}.subscriber SET password = 'x'; XA END '${old}'; XA PREPARE '${old}'`,
  );
  connection.destroy();
  expect(await site.hermes.owner.prepared()).toHaveLength(1);
  await site.ok("user/change_pw", { user: person("bob").user, password: "another" });
  expect(await site.hermes.owner.prepared()).toEqual([]);
  await agreed(pair());
});
