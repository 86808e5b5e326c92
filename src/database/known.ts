import type { SchemaFacts } from "./engine";
import type { Missing } from "./explain";
import { KAMAILIO_TABLES, PROVISIONING_COLUMNS, PROVISIONING_TABLES } from "./tables";

/** What the tables of both databases look like. */
export interface Known {
  readonly kamailio: SchemaFacts;
  readonly provisioning: SchemaFacts;
}

export const NOTHING_KNOWN: Known = { kamailio: new Map(), provisioning: new Map() };

/** The first thing that both databases must have and one has not. */
export const firstMissing = ({ kamailio, provisioning }: Known): Missing | undefined =>
  [
    ...lacking(KAMAILIO_TABLES, kamailio, "kamailio"),
    ...lacking(PROVISIONING_TABLES, provisioning, "provisioning"),
    ...lackingColumns(provisioning),
  ][0];

function lacking(tables: readonly string[], facts: SchemaFacts, side: "kamailio" | "provisioning") {
  return tables
    .filter((table) => !facts.has(table))
    .map((table) => ({ side, what: `table ${table}` }));
}

/** What a newer migration would have added. */
function lackingColumns(facts: SchemaFacts) {
  return PROVISIONING_COLUMNS.filter(
    ({ table, column }) => facts.get(table)?.has(column) === false,
  ).map(({ table, column }) => ({
    side: "provisioning" as const,
    what: `column ${column} in ${table}`,
  }));
}
