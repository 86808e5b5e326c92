import type { DatabaseLocation } from "../config/database-url";
import type { DatabaseError, ErrorKind } from "./error";

/** What another of several hosts may do that one has failed to, once nothing is left of the work. */
const ELSEWHERE: ReadonlySet<ErrorKind> = new Set(["lost", "busy"]);

/** Whether work that ended with an error, and of which nothing was done, is worth another try. */
export function worthAnotherTry(
  location: DatabaseLocation,
): (error: Pick<DatabaseError, "kind">) => boolean {
  const several = location.kind === "mysql" && location.others !== undefined;
  return ({ kind }) => kind === "retry" || kind === "unsure" || (several && ELSEWHERE.has(kind));
}
