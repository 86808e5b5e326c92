import type { Config } from "../config/config";
import { formatDatabaseUrl } from "../config/database-url";
import { closest } from "../model/closest";
import { critical, failed, type Refusal } from "../model/refusal";
import type { DatabaseError } from "./error";

/** The answer to a database error: what went wrong in the server's own words, and what to do. */
export function explain({ kind, words: said, place: at }: DatabaseError, config: Config): Refusal {
  // Some drivers end their sentences.
  const words = said.replace(/[.\s]+$/, "");
  const place = at ?? formatDatabaseUrl(config.kamailio);
  switch (kind) {
    case "refused":
      return critical(
        "dbfail",
        `${place} does not let Hermes in: ${words}. Check user and password: hermes config show. To give Hermes a user of its own: hermes init`,
      );
    case "absent":
      if (config.kamailio.kind === "sqlite") {
        return critical(
          "dbfail",
          `Can't open ${config.kamailio.file}: ${words}. Is it the right one? See: hermes config show`,
        );
      }
      return critical(
        "dbfail",
        `Can't reach ${place}: ${words}. Is it running, is the URL right? See: hermes config show`,
      );
    case "untrusted":
      return critical(
        "dbfail",
        `${place} can't be trusted: ${words}. Nothing was said to it; see ssl-mode and ssl-ca in the URL.`,
      );
    case "slow":
      return critical(
        "dbfail",
        `The database took longer than ${config.database.statementTimeout} s (database.statement_timeout) for a statement: ${words}. Nothing was done.`,
      );
    case "busy":
      return critical(
        "dbfail",
        `${place} takes no work now: ${words}. Nothing was done; try again later.`,
      );
    case "unsure":
    case "lost":
      return critical("dbfail", `The connection to ${place} was lost: ${words}. Nothing was done.`);
    case "damaged":
      return critical(
        "dbfail",
        `${place} is damaged: ${words}. Nothing was done. What is damaged: hermes doctor`,
      );
    case "full":
      return critical("dbfail", `There is no room left to write to: ${words}. Nothing was done.`);
    case "missing-database":
    case "missing-table":
      return critical("dbfail", `${words}. Run: hermes db migrate`);
    case "unsupported":
      return critical("dbfail", `${place} can't do it: ${words}. Nothing was done.`);
    case "read-only":
      return failed("dbfail", `The database takes no writes: ${words}. Nothing was done.`);
    case "denied":
      return failed("dbfail", deniedDetail(words));
    case "retry":
      return failed(
        "dbfail",
        `Others were writing for all of ${config.database.lockTimeout} s (database.lock_timeout): ${words}. Nothing was done; try again.`,
      );
    default:
      return failed("dbfail", `The database refuses it: ${words}`);
  }
}

/** The first thing that a database lacks: `table users`. */
export interface Missing {
  readonly side: "kamailio" | "provisioning";
  readonly what: string;
}

/** The answer where tables are missing; `databases` are those that the server lets us see. */
export function explainMissing(
  config: Config,
  { side, what }: Missing,
  databases: readonly string[] = [],
): Refusal {
  const location = config[side];
  const place = formatDatabaseUrl(location);
  const ours = side === "provisioning";
  const absent =
    location.kind === "mysql" && databases.length > 0 && !databases.includes(location.database);
  if (!absent) {
    return critical(
      "dbfail",
      ours
        ? `${place} has no ${what}. Run: hermes db migrate`
        : `${place} has no ${what} that Hermes may read. Is it Kamailio's database? Run: hermes init`,
    );
  }
  const guess = closest(location.database, databases);
  const hint = guess === undefined ? "" : ` Did you mean ${guess}? See: hermes config show.`;
  return critical(
    "dbfail",
    ours
      ? `There is no database ${place}.${hint} To make it, run: hermes db migrate`
      : `There is no database ${place} that Hermes may see.${hint} To set Hermes up anew, run: hermes init`,
  );
}

/** What is to be said where the server denies a right: which one, on what, and how it is granted. */
export function deniedDetail(words: string): string {
  const denied =
    /(?<right>[A-Z, ]+) command denied to user (?<user>'[^']*')@'[^']*' for table (?<table>\S+)/.exec(
      words,
    )?.groups;
  if (denied === undefined) return `The database refuses it: ${words}`;
  const { right, user, table = "" } = denied;
  const plain = table.replace(/[`']/g, "");
  return `The database does not let Hermes ${right} on ${plain}, so nothing was done. An administrator allows it: GRANT ${right} ON ${table.replaceAll("'", "`")} TO Hermes' database user ${user}`;
}
