import { existsSync } from "node:fs";
import type { Hermes } from "../hermes";
import { Refusal } from "../model/refusal";
import type { Caller } from "../nodes/node";
import { dataChecks, foundations, groundChecks } from "./checks";
import type { DataCheck, Finding, Problem } from "./finding";

/** So many findings of one check are shown; of the rest their number. */
const SHOWN = 20;

export interface Report {
  readonly findings: Finding[];
  /** How many findings each check has, shown or not. */
  readonly counts: Record<string, number>;
  /** How many of them need nobody's judgement to be mended. */
  readonly mendable: Record<string, number>;
}

/** How many there are. */
export const checks = foundations.length + groundChecks.length + dataChecks.length;

/** Looks at everything and changes nothing. */
export async function examine(hermes: Hermes, caller: Caller): Promise<Report> {
  const report = emptyReport();
  const { kamailio } = hermes.config;
  if (kamailio.kind === "sqlite" && !existsSync(kamailio.file)) {
    add(report, "connection", {
      severity: "error",
      subject: kamailio.file,
      detail: "There is no such database file yet.",
      fix: "hermes init --embedded --domain example.org",
    });
    return report;
  }
  try {
    const { owner, config } = hermes;
    for (const { name, find } of foundations) await gather(report, name, find(owner, config));
    if (report.findings.length > 0) return report;
    for (const { name, find } of groundChecks) {
      await attempt(hermes, report, name, () => gather(report, name, find(owner, config)));
    }
    await examineData(hermes, caller, report);
  } catch (error) {
    if (error instanceof Refusal && error.reason !== "dbfail" && error.reason !== "config") {
      throw error;
    }
    const { detail } = hermes.refusal(error);
    add(report, "connection", {
      severity: "error",
      subject: "database",
      detail: String(detail),
      fix: "See hermes config show, and hermes init.",
    });
  }
  return report;
}

/** Checks that are made at once, each lane on a connection of its own: a server has several cores. */
const LANES = 3;

async function examineData(hermes: Hermes, caller: Caller, report: Report): Promise<void> {
  const left = dataChecks.toSorted((a, b) => Number(b.long ?? false) - Number(a.long ?? false));
  const reports = new Map<string, Report>();
  const lane = () =>
    hermes.run(caller, {
      access: "full_read",
      async body(stores, context) {
        for (let check = left.shift(); check !== undefined; check = left.shift()) {
          const { name, find } = check;
          const own = emptyReport();
          reports.set(name, own);
          await attempt(hermes, own, name, () => gather(own, name, find(stores, context)));
        }
      },
    });
  // An SQLite file is read by this very process.
  const lanes = hermes.config.kamailio.kind === "sqlite" ? 1 : LANES;
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const { name } of dataChecks) {
    const { findings, counts, mendable } = reports.get(name) ?? emptyReport();
    report.findings.push(...findings);
    Object.assign(report.counts, counts);
    Object.assign(report.mendable, mendable);
  }
  for (const lane of ended) if (lane.status === "rejected") throw lane.reason;
}

const emptyReport = (): Report => ({ findings: [], counts: {}, mendable: {} });

/** The checks of a report whose findings can be mended without anybody's judgement. */
export function mendableChecks({
  mendable,
}: Report): (DataCheck & Required<Pick<DataCheck, "mend">>)[] {
  return dataChecks.flatMap(({ mend, ...check }) =>
    mend === undefined || mendable[check.name] === undefined ? [] : [{ ...check, mend }],
  );
}

/** Mends, all in one transaction, and answers how much by each check. */
export function mend(
  hermes: Hermes,
  caller: Caller,
  checks: ReturnType<typeof mendableChecks>,
): Promise<{ check: string; mended: number }[]> {
  return hermes.run(caller, {
    access: "read_write",
    locks: checks.flatMap(({ mend }) => mend.locks),
    audit: {
      node: "doctor",
      subject: checks.map(({ name }) => name).join(" "),
      params: { fix: true },
    },
    async body(stores) {
      const done: { check: string; mended: number }[] = [];
      for (const { name, mend } of checks) {
        done.push({ check: name, mended: await mend.run(stores) });
      }
      return done;
    },
  });
}

/** A check that the database stops is a finding itself. */
async function attempt(hermes: Hermes, report: Report, name: string, body: () => Promise<void>) {
  try {
    await body();
  } catch (error) {
    const { cause, detail } = hermes.refusal(error);
    if (cause === "bug") throw error;
    add(report, name, {
      severity: "error",
      subject: "database",
      detail: `The check could not be made. ${detail}`,
      fix: "See the other findings.",
    });
  }
}

async function gather(report: Report, check: string, problems: AsyncIterable<Problem>) {
  let last: Problem | undefined;
  let more = 0;
  for await (const problem of problems) {
    if (!problem.byHand) report.mendable[check] = (report.mendable[check] ?? 0) + 1;
    last = problem;
    if ((report.counts[check] ?? 0) < SHOWN) add(report, check, problem);
    else more++;
  }
  if (more === 0 || last === undefined) return;
  add(report, check, {
    severity: last.severity,
    subject: `${more} more`,
    detail: `The check has ${more} more findings like these.`,
    fix: "hermes doctor shows the first ones only",
  });
  report.counts[check] = SHOWN + more;
}

function add({ findings, counts }: Report, check: string, problem: Problem): void {
  const { severity, subject, detail, fix } = problem;
  findings.push({ check, severity, subject, detail, fix });
  counts[check] = (counts[check] ?? 0) + 1;
}
