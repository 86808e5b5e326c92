import { writeFile } from "node:fs/promises";
import { contest, type Entrant, type Outcome } from "../contest";
import { emptyAccounts } from "../empty";
import { addLocal, type Request, requestLines } from "../requests";
import { rateRow } from "../row";
import { DOMAIN, type MariadbSite, mariadbSite } from "../site";
import type { Bench, Work } from "../work";

/** What is done to one account: five reads and five writes. */
function mixed(index: number): Request[] {
  const user = `user${index}@${DOMAIN}`;
  const number = `+${493_000_000_000 + index}`;
  const free = `+${494_000_000_000 + index}`;
  return [
    { node: "user/available", params: { user } },
    addLocal(index),
    { node: "user/get", params: { user } },
    { node: "alias/add", params: { alias: `${number}@${DOMAIN}`, destination: user } },
    { node: "alias/list", params: { destination: user } },
    { node: "permission/set", params: { user, permission: 15 } },
    { node: "permission/get", params: { user } },
    { node: "numbers/add", params: { number: free } },
    { node: "numbers/inpool", params: { number: free } },
    { node: "user/update", params: { user, displayname: `User ${index}` } },
  ];
}

/** Many requests in one process against a process for each. */
export const batch: Work = {
  name: "batch",
  async measure(bench) {
    return [
      await against(bench, "mixed reads and writes", mixed, 200),
      await against(bench, "user/add_local", (index) => [addLocal(index)], 600),
    ];
  },
};

async function against(
  { server, rounds, rows }: Bench,
  kind: string,
  requestsFor: (index: number) => Request[],
  least: number,
) {
  const site = await mariadbSite(server);
  const afresh = { before: () => emptyAccounts(site) };
  const each = requestsFor(0);
  const count = rows(10_000);
  const file = site.file("requests.ndjson");
  await writeFile(file, requestLines(count / each.length, requestsFor));
  const singles = each.map((request, index): [string, Entrant] => [
    `${index} ${request.node}`,
    { ...(index === 0 ? afresh : {}), program: () => one(site, request) },
  ]);
  const whole: Entrant = { ...afresh, program: () => site.hermes("batch", file) };
  const outcome = await contest(rounds(7), { ...Object.fromEntries(singles), whole });
  await site.remove();
  const times = singles.map(([name]) => (outcome as Record<string, Outcome>)[name]?.ms);
  const mean = times.reduce<number>((sum, ms) => sum + (ms ?? Number.NaN), 0) / times.length;
  return rateRow({
    work: `batch of ${count.toLocaleString("en")} ${kind}`,
    hermes: (count * 1000) / outcome.whole.ms,
    trips: outcome.whole.trips,
    peer: "a hermes process each",
    other: 1000 / mean,
    least,
  });
}

function one(site: MariadbSite, { node, params }: Request) {
  const pairs = Object.entries(params).map(([name, value]) => `${name}=${value}`);
  return site.hermes("call", node, ...pairs, "--json");
}
