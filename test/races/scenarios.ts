import type { Request } from "../../src/hermes";
import type { Envelope } from "../../src/model/envelope";
import { DOMAIN, type Site } from "../support/site";

/** A worker's place in a round. */
interface Part {
  /** The worker's own account. */
  readonly user: string;
  readonly index: number;
  readonly round: number;
}

/** What all workers do at once, and what must hold afterwards. */
export interface Scenario {
  readonly name: string;
  /** How often it is played: in every run of the tests, and in the long one. */
  readonly rounds: { readonly usual: number; readonly long: number };
  prepare(site: Site): Promise<unknown>;
  batch(part: Part): Request[];
  /** What went wrong, in words; empty where all is well. */
  faults(site: Site, answers: readonly (readonly Envelope[])[]): Promise<string[]>;
}

const NUMBER = "+4712345000";
const PRIZE = `new@${DOMAIN}`;

const clear = async (site: Site) => {
  for (const table of ["dbaliases", "numbers"]) await site.sql(`DELETE FROM {${table}}`);
  for (const table of ["subscriber", "users", "usr_preferences"]) {
    await site.sql(`DELETE FROM {${table}} WHERE username = 'new'`);
  }
};

/** All read, then write what only one of them may: the read must not make the rest see the past. */
const oneWinner = (
  first: Request["node"],
  then: (user: string) => Request,
  /** Finds what a winner leaves. */
  rows: string,
  prepare: Scenario["prepare"] = clear,
): Scenario => ({
  name: `one wins of [${first}, ${then("").node}]`,
  rounds: { usual: 10, long: 100 },
  prepare,
  batch: ({ user }) => [{ node: first, params: first === "user/get" ? { user } : {} }, then(user)],
  async faults(site, answers) {
    const said = tally(answers.map((batch) => batch.at(-1)));
    const left = await site.sql(rows);
    const { ok, "failed/exists": exists = 0, "failed/nonexistant": nonexistant = 0 } = said;
    if (ok === 1 && exists + nonexistant === answers.length - 1 && left.length === 1) return [];
    return [`${JSON.stringify(said)}, rows: ${left.length}`];
  },
});

/** So many numbers. Each worker goes through them by steps of its own (coprime to it). */
const POOL = 200;
const STEPS = [1, 199, 7, 193, 11, 189, 13, 187];

/** What numbers go through, long and in another order for each worker, so that all stand in each other's way. */
const numbers: Scenario = {
  name: "batches of numbers/* all go through, and no number is given twice",
  rounds: { usual: 2, long: 20 },
  prepare: clear,
  batch: ({ user, index, round }) =>
    Array.from({ length: POOL }, (_, line) => {
      const place = (line * (STEPS[index] ?? 1) + index * 25 + round) % POOL;
      const number = `+4712345${String(place).padStart(3, "0")}`;
      const add = { node: "numbers/add", params: { number } };
      const remove = { node: "numbers/remove", params: { number } };
      if (index > 1) return line % 2 === 0 ? [add] : [remove];
      if (line % 3 > 0) return [add];
      return [
        add,
        { node: "numbers/assign", params: { number, user } },
        { node: "numbers/release", params: { number } },
        remove,
      ];
    }).flat(),
  async faults(site, answers) {
    const broken = answers
      .flat()
      .filter(({ response, cause }) => response === "error" || cause === "dbfail");
    const twice = await site.sql(
      "SELECT alias_username FROM {dbaliases} GROUP BY alias_username HAVING COUNT(*) > 1",
    );
    return [
      ...(broken.length > 0 ? [`${broken.length} lines died: ${broken[0]?.detail}`] : []),
      ...(twice.length > 0 ? [`${twice.length} numbers are given twice`] : []),
    ];
  },
};

/** Numbers that are in two places at once: in the pool, out of it for a while, somebody's. */
const IN_TWO_PLACES = [
  "SELECT n.number FROM {numbers} n JOIN {dbaliases} a ON a.alias_username = n.number",
  "SELECT h.number FROM {held_numbers} h JOIN {dbaliases} a ON a.alias_username = h.number",
  "SELECT n.number FROM {numbers} n JOIN {held_numbers} h ON h.number = n.number",
];

/** Some take numbers and give them back, by every way that there is; others load the range again. */
const loading: Scenario = {
  name: "a range is loaded while numbers come and go, and none is in two places",
  rounds: { usual: 5, long: 50 },
  async prepare(site) {
    await clear(site);
    await site.sql("DELETE FROM {held_numbers}");
  },
  batch({ user, index, round }) {
    const range = { start: "+4712345000", end: "+4712345019" };
    const number = `+47123450${10 + ((index + round) % 10)}`;
    const alias = `${number}@${DOMAIN}`;
    const load = { node: "numbers/add_range", params: range };
    const rest = { node: "numbers/release", params: { number, quarantine: "1d" } };
    if (index < 3) return [load, { node: "numbers/list", params: {} }, load, load];
    if (index < 5) {
      const reserve = { node: "numbers/reserve", params: { number } };
      return [load, reserve, { node: "numbers/unreserve", params: { number } }, reserve];
    }
    if (index < 7) {
      const remove = { node: "alias/remove", params: { alias } };
      return [{ node: "alias/add", params: { alias, destination: user } }, remove, load, rest];
    }
    const assign = { node: "numbers/assign", params: { random: true, user } };
    return [load, assign, { node: "numbers/list", params: { random: true, limit: 3 } }];
  },
  async faults(site, answers) {
    const broken = answers
      .flat()
      .filter(({ response, cause }) => response === "error" || cause === "dbfail");
    const twice = await Promise.all(IN_TWO_PLACES.map((sql) => site.sql(sql)));
    return [
      ...broken.map(({ detail }) => `died: ${detail}`),
      ...twice.flat().map(({ number }) => `${number} is in two places`),
    ];
  },
};

export const scenarios: readonly Scenario[] = [
  oneWinner(
    "user/get",
    (destination) => ({ node: "alias/add", params: { alias: PRIZE, destination } }),
    "SELECT * FROM {dbaliases}",
  ),
  oneWinner(
    "user/get",
    (user) => ({ node: "numbers/assign", params: { number: NUMBER, user } }),
    "SELECT * FROM {dbaliases}",
    async (site) => {
      await clear(site);
      await site.sql("INSERT INTO {numbers} (number) VALUES (?)", [NUMBER]);
    },
  ),
  oneWinner(
    "user/list",
    () => ({
      node: "user/add_local",
      params: { user: PRIZE, displayname: "New", email: "new@mail.example" },
    }),
    "SELECT * FROM {subscriber} WHERE username = 'new'",
  ),
  numbers,
  loading,
];

/** How many got which answer. */
function tally(answers: readonly (Envelope | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) {
    const key = answer?.response === "ok" ? "ok" : `${answer?.response}/${answer?.cause}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
