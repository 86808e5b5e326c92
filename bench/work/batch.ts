import { writeFile } from "node:fs/promises";
import { contest, type Entrant, type Outcome } from "../contest";
import { rateRow } from "../row";
import { DOMAIN, type MariadbSite, mariadbSite } from "../site";
import type { Work } from "../work";

interface Request {
  readonly node: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What is done to one account: five reads and five writes. */
function requestsFor(index: number): Request[] {
  const user = `user${index}@${DOMAIN}`;
  const number = `+${493_000_000_000 + index}`;
  return [
    { node: "user/available", params: { user } },
    { node: "user/add_local", params: { user, displayname: "A", email: "a@mail.example" } },
    { node: "user/get", params: { user } },
    { node: "alias/add", params: { alias: `${number}@${DOMAIN}`, destination: user } },
    { node: "alias/list", params: { destination: user } },
    { node: "permission/set", params: { user, permission: 15 } },
    { node: "permission/get", params: { user } },
    { node: "numbers/add", params: { number } },
    { node: "numbers/inpool", params: { number } },
    { node: "user/update", params: { user, displayname: `User ${index}` } },
  ];
}

const TABLES = [
  "{kamailio}.subscriber",
  "{kamailio}.usr_preferences",
  "{kamailio}.dbaliases",
  "{hermes}.users",
  "{hermes}.numbers",
];

/** Mixed reads and writes in one process against a process for each. */
export const batch: Work = {
  name: "batch",
  async measure({ server, rounds, rows }) {
    const site = await mariadbSite(server);
    const count = rows(10_000);
    const requests = Array.from({ length: count / 10 }, (_, index) => requestsFor(index)).flat();
    const file = site.file("requests.ndjson");
    await writeFile(file, requests.map((request) => `${JSON.stringify(request)}\n`).join(""));
    const singles = requestsFor(0).map((request, index): [string, Entrant] => [
      `${index} ${request.node}`,
      {
        before: async () => void (index === 0 && (await empty(site))),
        program: () => one(site, request),
      },
    ]);
    const whole: Entrant = {
      before: () => empty(site),
      program: () => site.hermes("batch", file),
    };
    const outcome = await contest(rounds(7), { ...Object.fromEntries(singles), whole });
    await site.remove();
    const mean =
      singles.reduce(
        (sum, [name]) => sum + ((outcome as Record<string, Outcome>)[name]?.ms ?? Number.NaN),
        0,
      ) / singles.length;
    return [
      rateRow({
        work: `batch of ${count.toLocaleString("en")} mixed reads and writes`,
        hermes: (count * 1000) / outcome.whole.ms,
        peer: "a hermes process each",
        other: 1000 / mean,
        least: 100,
      }),
    ];
  },
};

function one(site: MariadbSite, { node, params }: Request) {
  const pairs = Object.entries(params).map(([name, value]) => `${name}=${value}`);
  return site.hermes("call", node, ...pairs, "--json");
}

async function empty(site: MariadbSite): Promise<void> {
  for (const table of TABLES) await site.sql(`TRUNCATE ${table}`);
}
