import { macSearch } from "../model/mac";
import { formatSipAddress } from "../model/sip-address";
import { add as aliasAdd } from "../nodes/alias/add";
import type { Access, Context } from "../nodes/node";
import { add as numbersAdd } from "../nodes/numbers/add";
import { add as phoneAdd } from "../nodes/phone/add";
import { userFields } from "../nodes/user/fields";
import type { Account } from "../store/accounts";
import type { Stores } from "../store/stores";
import { AliasesImporter } from "./aliases";
import type { IfExists } from "./choices";
import { type Exported, shaped } from "./export";
import type { Columns } from "./format";
import type { Importer } from "./import";
import { PhonesImporter } from "./phones";
import { UsersImporter, userParams } from "./users";

/** What comes and goes in bulk. */
export interface BulkKind extends Columns {
  /** What an operator must hold to read all of it. */
  readonly exportAccess: Access;
  importer(stores: Stores, ifExists: IfExists, context: Context): Promise<Importer<unknown>>;
  exported(stores: Stores, search: string | undefined): Exported;
}

export type BulkName = "user" | "numbers" | "alias" | "phone";

export const bulkKinds: Readonly<Record<BulkName, BulkKind>> = {
  user: {
    params: userParams,
    line: undefined,
    exportAccess: "full_read",
    importer: async (stores, ifExists, { config }) =>
      new UsersImporter(stores, ifExists, config.defaults) as Importer<unknown>,
    exported: ({ accounts, keys }, search) => ({
      columns: Object.keys(userParams),
      rows: shaped(accounts.pages(keys, search), userRow),
    }),
  },
  numbers: {
    params: numbersAdd.params,
    line: "number",
    exportAccess: "limited_read",
    async importer(stores, ifExists) {
      // The rules of E.164 numbers take a while to load.
      const { NumbersImporter } = await import("./numbers");
      return new NumbersImporter(stores, ifExists) as Importer<unknown>;
    },
    exported: ({ numbers }, search) => ({
      columns: ["number"],
      rows: shaped(numbers.list(search), (number) => ({ number })),
    }),
  },
  alias: {
    params: aliasAdd.params,
    line: undefined,
    exportAccess: "limited_read",
    importer: async (stores, ifExists) =>
      new AliasesImporter(stores, ifExists) as Importer<unknown>,
    exported: ({ aliases }, search) => ({
      columns: ["alias", "destination"],
      rows: aliases.list(search),
    }),
  },
  phone: {
    params: phoneAdd.params,
    line: undefined,
    exportAccess: "limited_read",
    importer: async (stores, ifExists) => new PhonesImporter(stores, ifExists) as Importer<unknown>,
    exported: ({ phones }, search) => ({
      columns: ["mac", "user"],
      rows: phones.pairs(search && macSearch(search)),
    }),
  },
};

/** An account by the columns that it is imported by. */
function userRow(account: Account): Record<string, unknown> {
  const fields: Record<string, unknown> = {
    ...userFields(account),
    user: formatSipAddress(account.address),
  };
  return Object.fromEntries(
    Object.keys(userParams).map((column) => [column, fields[column] ?? null]),
  );
}
