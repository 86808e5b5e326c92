import type { Envelope } from "../../src/model/envelope";
import { DOMAIN, type Site } from "../support/site";

const NUMBER = "+4712345000";

/** How often each check must have mended something, all doctors taken together. */
const FAULTS: Readonly<Record<string, number>> = {
  passwords: 1,
  duplicates: 1,
  numbers: 1,
  phones: 1,
  provisioning: 1,
};

/** One fault of each kind that a doctor mends unasked, on a site with the accounts u0, u1 and u2. */
export async function makeFaults({ sql }: Site): Promise<void> {
  await sql("UPDATE {users} SET password = 'another' WHERE username = 'u0'");
  for (const _ of ["once", "twice"]) {
    await sql(
      "INSERT INTO {dbaliases} (alias_username, alias_domain, username, domain) VALUES (?, ?, 'u1', ?)",
      [NUMBER, DOMAIN, DOMAIN],
    );
  }
  await sql("INSERT INTO {numbers} (number) VALUES (?)", [NUMBER]);
  await sql("INSERT INTO {phones} (mac, username, domain) VALUES ('f00ba2ba5c00', 'gone', ?)", [
    DOMAIN,
  ]);
  await sql("DELETE FROM {users} WHERE username = 'u2'");
}

/** What went wrong, by what the doctors said and by what is left. */
export async function mendFaults({ sql }: Site, envelopes: readonly Envelope[]): Promise<string[]> {
  const refused = envelopes.filter(({ fixed }) => fixed === undefined);
  const mended: Record<string, number> = {};
  for (const { fixed = [] } of envelopes) {
    for (const { check, mended: count } of fixed as { check: string; mended: number }[]) {
      mended[check] = (mended[check] ?? 0) + count;
    }
  }
  const wrong = Object.entries(FAULTS).filter(([check, count]) => mended[check] !== count);
  const left = async (text: string) => (await sql(text)).length;
  return [
    ...refused.map(({ cause, detail }) => `refused: ${cause}, ${detail}`),
    ...wrong.map(([check]) => `${check} mended ${mended[check]} times`),
    ...((await left("SELECT * FROM {dbaliases}")) === 1 ? [] : ["not one alias is left"]),
    ...((await left("SELECT * FROM {users}")) === 3 ? [] : ["not three accounts are left"]),
    ...((await left("SELECT * FROM {numbers}")) === 0 ? [] : ["a number is left in the pool"]),
    ...((await left("SELECT * FROM {phones}")) === 0 ? [] : ["a phone of nobody is left"]),
  ];
}
