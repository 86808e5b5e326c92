import type { Config } from "../config/config";
import type { IfExists } from "../model/if-exists";
import { macSearch } from "../model/mac";
import { formatSipAddress } from "../model/sip-address";
import { add as aliasAdd } from "../nodes/alias/add";
import type { Access } from "../nodes/node";
import { add as numbersAdd } from "../nodes/numbers/add";
import { userFields } from "../nodes/user/fields";
import type { Account } from "../store/accounts";
import { readAhead } from "../store/bulk/pages";
import type { Stores } from "../store/stores";
import { aliasesImporter } from "./aliases";
import { type Exported, shaped } from "./export";
import type { Columns } from "./format";
import type { Importer } from "./import";
import { phoneParams, phonesImporter } from "./phones";
import { userParams, usersImporter } from "./users";

/** What comes and goes in bulk. */
export interface BulkKind extends Columns {
  /** What an operator must hold to read all of it. */
  readonly exportAccess: Access;
  importer(ifExists: IfExists, config: Config): Promise<AnyImporter>;
  exported(stores: Stores, search: string | undefined): Exported;
}

// biome-ignore lint/suspicious/noExplicitAny: an importer of any rows
type AnyImporter = Importer<any, any>;

export type BulkName = "user" | "numbers" | "alias" | "phone";

export const bulkKinds: Readonly<Record<BulkName, BulkKind>> = {
  user: {
    params: userParams,
    line: undefined,
    exportAccess: "full_read",
    importer: async (ifExists, { defaults }) => usersImporter(ifExists, defaults),
    exported: ({ accounts }, search) => ({
      columns: USER_COLUMNS,
      rows: shaped(readAhead(accounts.pages(search)), userRow),
    }),
  },
  numbers: {
    params: numbersAdd.params,
    line: "number",
    exportAccess: "limited_read",
    async importer(ifExists) {
      // The rules of E.164 numbers take a while to load.
      const { numbersImporter } = await import("./numbers");
      return numbersImporter(ifExists);
    },
    exported: ({ freeNumbers }, search) => ({
      columns: ["number"],
      rows: shaped(freeNumbers.list(search), (number) => ({ number })),
    }),
  },
  alias: {
    params: aliasAdd.params,
    line: undefined,
    exportAccess: "limited_read",
    importer: async (ifExists, { defaults }) => aliasesImporter(ifExists, defaults),
    exported: ({ aliases }, search) => ({
      columns: ["alias", "destination"],
      rows: aliases.list(search),
    }),
  },
  phone: {
    params: phoneParams,
    line: undefined,
    exportAccess: "limited_read",
    importer: async (ifExists, config) => phonesImporter(ifExists, config),
    exported: ({ phones }, search) => ({
      columns: ["mac", "user", "vendor", "model"],
      rows: phones.pairs(search && macSearch(search)),
    }),
  },
};

const USER_COLUMNS = Object.keys(userParams);

/** An account by the columns that it is imported by. */
function userRow(account: Account): Record<string, unknown> {
  const fields: Record<string, unknown> = userFields(account);
  const row: Record<string, unknown> = {};
  for (const column of USER_COLUMNS) row[column] = fields[column] ?? null;
  row.user = formatSipAddress(account.address);
  return row;
}
