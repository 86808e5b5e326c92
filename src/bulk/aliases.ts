import type { IfExists } from "../model/if-exists";
import { add } from "../nodes/alias/add";
import type { SiteDefaults } from "../params/param";
import { readRow } from "../params/read";
import { type AddedAlias, addAlias, type WantedAlias } from "../rules/aliases";
import { type Importer, withoutEmpty } from "./import";

/** Aliases on their way into Kamailio's table. */
export const aliasesImporter = (
  ifExists: IfExists,
  defaults: SiteDefaults,
): Importer<WantedAlias, AddedAlias> => ({
  params: add.params,
  together: 300,
  rule: addAlias,
  async read(given) {
    return { ...(await readRow(add.params, withoutEmpty(given), { defaults })), ifExists };
  },
  counted: ({ outcome }) => outcome,
});
