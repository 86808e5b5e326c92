import type { Databases } from "./databases";
import { DatabaseError } from "./error";

/** What is damaged in an SQLite file, in SQLite's own words. A server looks after its own files. */
export async function damages(databases: Databases): Promise<string[]> {
  if (databases.config.kamailio.kind !== "sqlite") return [];
  try {
    const { rows } = await databases.look(({ kamailio }) =>
      kamailio.run<{ quick_check: string }>("PRAGMA quick_check"),
    );
    return rows.map(({ quick_check: words }) => words).filter((words) => words !== "ok");
  } catch (error) {
    // A page can be so bad that the check itself ends there.
    if (error instanceof DatabaseError && error.kind === "damaged") return [error.words];
    throw error;
  }
}
