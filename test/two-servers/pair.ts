import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect } from "vitest";
import type { Envelope } from "../../src/model/envelope";
import { bareEnvironment, hermesBin } from "../support/hermes-process";
import { type OwnServer, startMariadb } from "../support/mariadb";
import { DOMAIN, type Site, startSiteOn } from "../support/site";
import { waitFor } from "../support/wait";
import { type Gates, openGates } from "./gates";

const caller = fileURLToPath(new URL("caller.mjs", import.meta.url));
const library = join(dirname(hermesBin), "..", "dist", "index.cjs");

/** A site on two servers of its own, and ways to them that can be watched. */
export interface Pair {
  readonly site: Site;
  readonly kamailio: OwnServer;
  readonly provisioning: OwnServer;
  readonly gates: Gates;
}

export function usePair(): () => Pair {
  let pair: Pair | undefined;
  beforeAll(async () => {
    const [kamailio, provisioning] = await Promise.all([startMariadb(), startMariadb()]);
    const site = await startSiteOn({ server: kamailio, other: provisioning });
    await site.reset();
    const gates = await openGates({ kamailio: kamailio.port, provisioning: provisioning.port });
    pair = { site, kamailio, provisioning, gates };
  });
  afterAll(async () => {
    pair?.gates.close();
    await pair?.site.stop();
  });
  return () => pair as Pair;
}

export const person = (name: string) => ({
  user: `${name}@${DOMAIN}`,
  displayname: "Somebody",
  email: "somebody@mail.example",
});

/** A process of its own that makes a call by way of the gates. */
export function call({ site, gates }: Pair, node: string, params: object) {
  const child = spawn(process.execPath, [caller, library, node, JSON.stringify(params)], {
    env: bareEnvironment(gates.through(site.env)),
    stdio: ["ignore", "pipe", "inherit"],
  });
  return { child, answer: answerOf(child) };
}

/** Its answer; undefined where it was killed. */
async function answerOf(child: ChildProcess): Promise<Envelope | undefined> {
  const [said] = await Promise.all([text(child.stdout as never), once(child, "close")]);
  return said === "" ? undefined : (JSON.parse(said) as Envelope);
}

/** What a new account stands in, and what is locked for it. */
const WRITTEN = [
  ...["subscriber", "usr_preferences", "dbaliases", "location"],
  ...["users", "numbers", "locks", "records", "record_changes", "record_subjects", "decisions"],
];

/** What both servers have of the accounts; fails where they do not agree, or anything is locked. */
export async function agreed({ site, kamailio }: Pair): Promise<Set<string>> {
  await waitFor("every lock to be gone", async () => {
    // A server may carry out what it was told after its client is gone.
    await site.hermes.owner.recover();
    for (const table of WRITTEN) await site.sql(`SELECT * FROM {${table}} FOR UPDATE NOWAIT`);
    return true;
  });
  expect(await kamailio.query("XA RECOVER")).toEqual([]);
  expect(await site.sql("SELECT * FROM {decisions} WHERE outcome = 'commit'")).toEqual([]);
  const names = async (table: string) =>
    (await site.sql<{ username: string }>(`SELECT username FROM {${table}} ORDER BY username`)).map(
      ({ username }) => username,
    );
  const [theirs, ours] = [await names("subscriber"), await names("users")];
  expect(theirs).toEqual(ours);
  return new Set(ours);
}

/** Which of the accounts there is a record of. */
export async function recorded({ site }: Pair, name: string): Promise<boolean> {
  const rows = await site.sql("SELECT id FROM {records} WHERE subject = ?", [`${name}@${DOMAIN}`]);
  return rows.length > 0;
}
