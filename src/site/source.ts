import { formatDatabaseUrl } from "../config/database-url";
import { invalid } from "../model/refusal";
import { invalidParameters } from "../params/param";
import { sameDatabase } from "./kamailio-site";
import type { FoundSite } from "./site-found";
import type { Surroundings } from "./surroundings";

/** Whose database it is, or whom a person is to choose from. */
export type Source =
  | { readonly take: FoundSite; readonly passedOver: readonly FoundSite[] }
  | { readonly ask: readonly FoundSite[] };

/** Who is there, and what was said beforehand. */
export interface Attendance {
  /** Whether a person sits there to be asked. */
  readonly interactive: boolean;
  /** Whether everything found and proposed is to be taken. */
  readonly yes: boolean;
}

/** Whose database it is: as flags say, as the configuration has it, as another tool's files say, as the person says. */
export function sourceOf(
  { named, found }: Pick<Surroundings, "named" | "found">,
  kamctlrc: string | undefined,
  { interactive, yes }: Attendance,
): Source {
  if (named !== undefined) return { take: named, passedOver: [] };
  if (interactive && !yes) return { ask: found };
  const [first, ...others] = found;
  if (first === undefined) {
    throw invalidParameters(
      "Found no kamctlrc and no kamcli.ini that names a database. Give --kamailio-url mysql://USER:PASSWORD@HOST:3306/kamailio, or --kamctlrc FILE, or --embedded.",
    );
  }
  if (kamctlrc === undefined && !yes) {
    throw invalid(
      "confirmation",
      `${first.source} names ${formatDatabaseUrl(first.kamailio)}. Take it with --yes, or name another with --kamailio-url or --kamctlrc.`,
    );
  }
  const passedOver = others.filter(({ kamailio }) => !sameDatabase(first.kamailio, kamailio));
  return { take: first, passedOver };
}
