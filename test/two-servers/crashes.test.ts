import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Envelope } from "../../src/model/envelope";
import { counting, type Word } from "./gates";
import { agreed, call, type Pair, person, recorded, usePair } from "./pair";

/** `npm run test:long` kills servers at every point, not at those around the decision alone. */
const LONG = process.env.HERMES_TEST_LONG !== undefined;

const pair = usePair();

/** The words of a write between its first statement and its last reply. */
async function wordsOf(name: string): Promise<Word[]> {
  const words: Word[] = [];
  const count = counting();
  pair().gates.watch((word) => {
    if (count(word) > 0) words.push(word);
    return "pass";
  });
  expect(await call(pair(), "user/add_local", person(name)).answer).toMatchObject({
    response: "ok",
  });
  return words;
}

const firstOfDecision = (words: readonly Word[]) =>
  words.findIndex(({ text }) => text.includes("XA PREPARE")) + 1;

interface Crash {
  readonly name: string;
  /** Counted from 1. */
  readonly at: number;
  /** Whether that word still arrives. */
  arrives(word: Word): boolean;
  strike(child: { kill(signal: "SIGKILL"): unknown }): void;
}

/** Makes a write that meets a crash, and answers what it said and whether it was done. */
async function crashed({ name, at, arrives, strike }: Crash) {
  const count = counting();
  let struck = false;
  const { child, answer } = call(pair(), "user/add_local", person(name));
  pair().gates.watch((word) => {
    if (struck || count(word) !== at) return "pass";
    struck = true;
    if (!arrives(word)) {
      strike(child);
      return "drop";
    }
    setImmediate(() => strike(child));
    return "pass";
  });
  return answer;
}

const recover = async ({ site }: Pair) => site.hermes.owner.recover();

/** What an answer says of what was done. */
function promised(said: Envelope | undefined): boolean | undefined {
  if (said === undefined) return undefined;
  if (said.response === "ok") return true;
  return /may have been done/.test(String(said.detail)) ? undefined : false;
}

it("a client that is killed leaves both servers of one mind, wherever it was", async () => {
  const words = await wordsOf("pilot");
  const outcomes = { done: 0, not: 0, recovered: 0 };
  for (let at = 1; at <= words.length; at++) {
    // What the client is told or not is the same to a client that is dead.
    for (const arrives of words[at - 1]?.to === "server" ? [false, true] : [false]) {
      const name = `client${at}${arrives ? "b" : "a"}`;
      await crashed({
        ...{ name, at, arrives: () => arrives },
        strike: (child) => child.kill("SIGKILL"),
      });
      outcomes.recovered += (await recover(pair())).length;
      const done = (await agreed(pair())).has(name);
      expect([name, await recorded(pair(), name)]).toEqual([name, done]);
      outcomes[done ? "done" : "not"]++;
    }
  }
  expect(outcomes.done).toBeGreaterThan(0);
  expect(outcomes.not).toBeGreaterThan(0);
  expect(outcomes.recovered).toBeGreaterThan(0);
  console.info(
    `client killed at ${words.length} points, ${outcomes.done + outcomes.not} times: ` +
      `${outcomes.done} done, ${outcomes.not} not, ${outcomes.recovered} recovered`,
  );
}, 600_000);

it.each(["kamailio", "provisioning"] as const)(
  "the server of %s that is killed leaves both of one mind, and no answer is wrong",
  async (side) => {
    const words = await wordsOf(`pilot-${side}`);
    const from = LONG ? 1 : firstOfDecision(words);
    const counts = { kills: 0, done: 0, ok: 0, open: 0 };
    for (let at = from; at <= words.length; at++) {
      const name = `${side}${at}`;
      let restarted: Promise<void> | undefined;
      const said = await crashed({
        ...{ name, at },
        // It is lost with that server alone.
        arrives: (word) => word.side !== side,
        strike: () => {
          restarted = pair()[side].killAndRestart();
        },
      });
      await restarted;
      await recover(pair());
      const done = (await agreed(pair())).has(name);
      const promise = promised(said);
      expect([name, promise ?? done, said?.detail]).toEqual([name, done, said?.detail]);
      counts.kills++;
      if (done) counts.done++;
      if (promise) counts.ok++;
      if (promise === undefined) counts.open++;
    }
    console.info(
      `server of ${side} killed ${counts.kills} times: ${counts.done} done, ${counts.ok} of them answered ok, ${counts.open} answered "may have been done"`,
    );
  },
  900_000,
);

it("kills at random leave both of one mind", async () => {
  const kills = LONG ? 200 : 20;
  const struck = { client: 0, kamailio: 0, provisioning: 0 };
  let done = 0;
  let ok = 0;
  for (let round = 0; round < kills; round++) {
    const begun = new Promise<void>((resolve) => {
      pair().gates.watch(({ text }) => {
        if (text.includes("XA START")) resolve();
        return "pass";
      });
    });
    const writers = [0, 1].map((index) => {
      const name = `random${round}-${index}`;
      return { name, ...call(pair(), "user/add_local", person(name)) };
    });
    await begun;
    await sleep(Math.random() * 30);
    // Servers take longer to come back than clients.
    const victim = (["client", "kamailio", "client", "provisioning"] as const)[round % 4] as
      | "client"
      | "kamailio"
      | "provisioning";
    struck[victim]++;
    if (victim === "client") writers[0]?.child.kill("SIGKILL");
    else await pair()[victim].killAndRestart();
    const answers = await Promise.all(writers.map(({ answer }) => answer));
    const there = await agreed(pair());
    for (const [index, { name }] of writers.entries()) {
      const said = answers[index];
      const isThere = there.has(name);
      expect([name, promised(said) ?? isThere, said?.detail]).toEqual([
        name,
        isThere,
        said?.detail,
      ]);
      if (isThere) done++;
      if (said?.response === "ok") ok++;
    }
  }
  expect(ok).toBeLessThan(2 * kills);
  console.info(
    `${kills} random kills (${JSON.stringify(struck)}) beside two writers: ${done} writes done, ${ok} of them answered ok`,
  );
}, 1_800_000);
