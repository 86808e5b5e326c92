import { pure, roomOf, rooms } from "./rooms";
import type { Source } from "./sources";

/** A file that breaks a law: `key` names it for the exceptions, `instead` says what to do. */
export interface Offence {
  readonly key: string;
  readonly instead: string;
}

export interface Law {
  readonly name: string;
  offences(sources: ReadonlyMap<string, Source>): Offence[];
}

/** A law on each file by itself. */
const eachFile = (name: string, look: (source: Source, room: string) => Offence[]): Law => ({
  name,
  offences: (sources) =>
    [...sources.values()].flatMap((source) => look(source, roomOf(source.file))),
});

/** A law on what stands in a file, anywhere but in some rooms. */
const onlyIn = (
  name: string,
  places: readonly string[],
  what: (source: Source) => readonly string[],
  pattern: RegExp,
  instead: string,
): Law =>
  eachFile(name, (source, room) => {
    if (places.includes(room)) return [];
    const found = what(source).find((text) => pattern.test(text));
    return found === undefined ? [] : [{ key: `${source.file}: ${oneLine(found)}`, instead }];
  });

const oneLine = (text: string) => text.trim().replace(/\s+/g, " ").slice(0, 60);

const direction = eachFile("imports run down the road", ({ file, imports }, room) =>
  imports.flatMap((target) => {
    const to = roomOf(target);
    if (to === room || rooms[room]?.mayImport.includes(to)) return [];
    return [{ key: `${file} → ${target}`, instead: rooms[to]?.instead ?? "" }];
  }),
);

/** Within a room; a circle through several has an import that runs up. */
const noCircle: Law = {
  name: "no file imports itself by a detour",
  offences(sources) {
    const instead = "Move what both need into a file of its own.";
    const done = new Set<string>();
    const circles: Offence[] = [];
    const walk = (file: string, path: readonly string[]) => {
      const before = path.indexOf(file);
      if (before >= 0) {
        circles.push({ key: around(path.slice(before)), instead });
      } else if (!done.has(file)) {
        for (const next of sources.get(file)?.imports ?? []) {
          if (roomOf(next) === roomOf(file)) walk(next, [...path, file]);
        }
        done.add(file);
      }
    };
    for (const file of sources.keys()) walk(file, []);
    return circles;
  },
};

/** A circle by its files, from the first by name, wherever it was entered. */
function around(circle: readonly string[]): string {
  const first = circle.indexOf([...circle].sort()[0] ?? "");
  const files = [...circle.slice(first), ...circle.slice(0, first)];
  return [...files, files[0]].join(" → ");
}

const STATEMENT =
  /^\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH|CREATE|ALTER|DROP|GRANT|REVOKE|TRUNCATE|SET|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|LOCK|SHOW|PRAGMA)\b(?!,)|\b(FROM|WHERE|VALUES|ORDER BY|GROUP BY)\b/;

/** What the house stands on, besides what each room may import. */
export const laws: readonly Law[] = [
  direction,
  noCircle,
  onlyIn(
    "SQL stands in the store",
    ["store", "database"],
    ({ texts }) => texts,
    STATEMENT,
    "Put the statement into its table's file in src/store.",
  ),
  onlyIn(
    "drivers stay in the database",
    ["database"],
    ({ packages }) => packages,
    /^(knex|mysql2|libsql|better-sqlite3)(\/|$)/,
    "Go through src/database.",
  ),
  onlyIn(
    "the terminal stays in the command line",
    ["cli"],
    ({ members }) => members,
    /^(console\.|process\.(stdin|stdout|stderr|argv|exit|exitCode)\b)/,
    "Answer a value, or report by what the caller passes (notice, progress); src/cli shows it.",
  ),
  onlyIn(
    "what paints a terminal stays in the command line",
    ["cli"],
    ({ packages }) => packages,
    /^(chalk|cli-table3|cli-progress|commander|inquirer|@inquirer\/.*)$/,
    "Answer a value; src/cli shows it.",
  ),
  onlyIn(
    "no program is started for an operator",
    ["kamailio-rpc"],
    ({ packages }) => packages,
    /^node:child_process$/,
    "A pager or an editor runs whatever its user likes, under the account of hermes restricted too: not where cli.restriction is set, and then name the file in test/house/exceptions.ts.",
  ),
  onlyIn(
    "values do no I/O",
    Object.keys(rooms).filter((room) => !pure.includes(room)),
    ({ packages }) => packages,
    /^node:(?!crypto$|util$|buffer$)/,
    "Take what was read as a parameter.",
  ),
  onlyIn(
    "locks are taken by the transaction",
    ["hermes", "store", "database"],
    ({ members }) => members,
    /\blocks\.take$/,
    "Declare the lock on the rule; the transaction takes it before anything is read.",
  ),
];
