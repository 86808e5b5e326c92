import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runJson } from "../support/hermes-process";
import { DOMAIN, type Site, startSite } from "../support/site";
import { type Crew, gatherCrew } from "./crew";
import { makeFaults, mendFaults } from "./mends";
import { scenarios } from "./scenarios";

/** `npm run test:long` plays many more rounds. */
const LONG = process.env.HERMES_TEST_LONG !== undefined;

const people = Array.from({ length: 8 }, (_, index) => `u${index}@${DOMAIN}`);

/** Real processes with connections of their own, all at once, round after round. */
describe.each(["embedded", "v7"] as const)("races on %s", { timeout: 600_000 }, (shape) => {
  let site: Site;
  let crew: Crew;
  beforeAll(async () => {
    site = await startSite(shape);
    await settle(people);
    crew = await gatherCrew(people.length, site.env);
  });
  afterAll(async () => {
    await crew?.dismiss();
    await site?.stop();
  });

  it.each(scenarios)("$name", ({ rounds, prepare, batch, faults }) =>
    play(LONG ? rounds.long : rounds.usual, async (round) => {
      await prepare(site);
      const answers = await crew.round(people.map((user, index) => batch({ user, index, round })));
      return faults(site, answers);
    }),
  );

  it("of two mends at once, each fault is mended by one", () =>
    play(LONG ? 25 : 3, async () => {
      await settle(people.slice(0, 3));
      await makeFaults(site);
      const mend = () => runJson(["doctor", "--fix", "--yes"], { env: site.env });
      const runs = await Promise.all([mend(), mend()]);
      return mendFaults(
        site,
        runs.map(({ envelope }) => envelope),
      );
    }));

  /** Empties the site but for these accounts. */
  async function settle(users: readonly string[]): Promise<void> {
    await site.reset();
    for (const user of users) {
      await site.ok("user/add_local", { user, displayname: "U", email: "u@mail.example" });
    }
  }
});

/** Plays so many rounds, all of them, and fails with how many went wrong and how the first did. */
async function play(rounds: number, round: (index: number) => Promise<string[]>): Promise<void> {
  const broken: string[] = [];
  for (let index = 0; index < rounds; index++) {
    const faults = await round(index);
    if (faults.length > 0) broken.push(`round ${index}: ${faults.join("; ")}`);
  }
  if (broken.length === 0) return;
  expect.fail(`${broken.length} of ${rounds} rounds broke:\n${broken.slice(0, 8).join("\n")}`);
}
