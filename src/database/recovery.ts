import { setTimeout as sleep } from "node:timers/promises";
import { firstBranch, isOfSite, timeOfBranch } from "./branch";
import type { Connection } from "./connection";
import { DatabaseError } from "./error";

/** What became of a branch that somebody else had prepared. */
export interface Recovered {
  readonly branch: string;
  /** In progress is one whose process is still connected. */
  readonly outcome: "committed" | "rolled back" | "in progress";
  /** The record of what was done by it. */
  readonly record: string | null;
}

/** A branch that is older than this, in milliseconds, has nobody who is about to end it. */
export const ABANDONED = 60_000;

/** How long a process that is gone may still look connected, in milliseconds. */
const LINGERING = 1_000;

/** How long the decision against a branch stands, in milliseconds: its process may wake up. */
const FENCED = 86_400_000;

/** A connection to each of two servers, without a transaction, and the table that they agree by. */
export interface Parties {
  readonly kamailio: Connection;
  readonly provisioning: Connection;
  /** The name of `decisions`, as it stands in a statement. */
  readonly decisions: string;
  /** See branch.ts. */
  readonly site: string;
}

/**
 * Ends every branch that stands prepared on Kamailio's server, as was decided of it; those that
 * nobody has decided on are rolled back.
 */
export async function recover(
  parties: Parties,
  which: (branch: string) => boolean = () => true,
): Promise<Recovered[]> {
  const { provisioning, decisions, site } = parties;
  const recovered: Recovered[] = [];
  const branches = await prepared(parties);
  for (const branch of branches.filter(which)) {
    const outcome = await resolve(parties, branch);
    if (outcome !== undefined) recovered.push(outcome);
  }
  // Decided for, and not prepared any more: it was done.
  const { rows } = await provisioning.run<{ xid: string }>(
    `SELECT xid FROM ${decisions} WHERE outcome = 'commit'`,
  );
  const left = new Set(rows.length === 0 ? [] : await prepared(parties));
  for (const { xid } of rows) {
    if (!left.has(xid)) await provisioning.run(`DELETE FROM ${decisions} WHERE xid = ?`, [xid]);
  }
  await provisioning.run(`DELETE FROM ${decisions} WHERE outcome = 'abort' AND xid < ?`, [
    firstBranch(site, Date.now() - FENCED),
  ]);
  return recovered;
}

/**
 * Ends one branch by what was decided of it. Where nothing was, that it is not to be is written
 * down first: an undecided owner is waited for, and one that is too late finds it. Answers
 * undefined where somebody else has ended it.
 */
export async function resolve(parties: Parties, branch: string): Promise<Recovered | undefined> {
  const decision = await decide(parties, branch);
  if (decision === undefined) return undefined;
  const { outcome, record } = decision;
  const ended = await end(parties, branch, outcome === "commit" ? "COMMIT" : "ROLLBACK");
  if (ended === "in progress") return { branch, outcome: ended, record };
  if (outcome === "commit") {
    await parties.provisioning.run(`DELETE FROM ${parties.decisions} WHERE xid = ?`, [branch]);
  }
  if (ended === "elsewhere") return undefined;
  return { branch, outcome: outcome === "commit" ? "committed" : "rolled back", record };
}

/** The site's branches that stand prepared on Kamailio's server. */
export async function prepared({ kamailio, site }: Pick<Parties, "kamailio" | "site">) {
  const { rows } = await kamailio.run<{ data: string | Uint8Array }>("XA RECOVER");
  return branchesOf(rows, site);
}

/** Those among what XA RECOVER lists that are the site's. */
export const branchesOf = (rows: readonly { data: string | Uint8Array }[], site: string) =>
  rows.map(({ data }) => Buffer.from(data).toString()).filter((name) => isOfSite(name, site));

/** Whether nobody is about to end it. */
export const isAbandoned = (branch: string): boolean =>
  timeOfBranch(branch) < Date.now() - ABANDONED;

interface Decision {
  readonly outcome: "commit" | "abort";
  readonly record: string | null;
}

async function decide(
  { provisioning, decisions }: Parties,
  branch: string,
): Promise<Decision | undefined> {
  try {
    await provisioning.run(`INSERT INTO ${decisions} (xid, outcome) VALUES (?, 'abort')`, [branch]);
    return { outcome: "abort", record: null };
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.kind !== "duplicate") throw error;
    const { rows } = await provisioning.run<Decision>(
      `SELECT outcome, record FROM ${decisions} WHERE xid = ?`,
      [branch],
    );
    return rows[0];
  }
}

async function end(
  parties: Parties,
  branch: string,
  how: "COMMIT" | "ROLLBACK",
): Promise<"ended" | "elsewhere" | "in progress"> {
  for (const deadline = Date.now() + LINGERING; ; await sleep(LINGERING / 20)) {
    try {
      await parties.kamailio.run(`XA ${how} '${branch}'`);
      return "ended";
    } catch (error) {
      const { kind } = error as DatabaseError;
      if (kind === "rolled-back") return "ended";
      if (kind !== "unknown-branch") throw error;
    }
    if (!(await prepared(parties)).includes(branch)) return "elsewhere";
    if (Date.now() > deadline) return "in progress";
  }
}
