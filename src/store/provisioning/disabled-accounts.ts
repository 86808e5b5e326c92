import type { Schema } from "../../database/schema";
import type { SipAddress } from "../../model/sip-address";
import { deleteAt, rowsAt } from "../bulk/rows-at";
import { insertRows, updateRows } from "../bulk/write-rows";

const TABLE = "disabled_accounts";

const SECRETS = ["password", "ha1", "ha1b"] as const;

/** The secrets that a disabled account is to have again. */
export type SecretsAside = { readonly [S in (typeof SECRETS)[number]]: string };

export interface DisabledAccount extends SecretsAside {
  readonly address: SipAddress;
}

/**
 * The provisioning table `disabled_accounts`: the secrets of those that can't register or call at
 * present. In Kamailio's table they have others meanwhile, that nobody has been told.
 */
export class DisabledAccounts {
  constructor(private readonly schema: Schema) {}

  /** Those of many accounts that are disabled. */
  async among(addresses: readonly SipAddress[]): Promise<DisabledAccount[]> {
    const rows = await rowsAt<SipAddress & SecretsAside>(this.schema, TABLE, addresses);
    return rows.map(({ username, domain, password, ha1, ha1b }) => ({
      address: { username, domain },
      ...{ password, ha1, ha1b },
    }));
  }

  async insert(accounts: readonly DisabledAccount[]): Promise<void> {
    await insertRows(
      this.schema,
      TABLE,
      ["username", "domain", ...SECRETS],
      accounts.map(({ address: { username, domain }, ...secrets }) => [
        username,
        domain,
        ...SECRETS.map((name) => secrets[name]),
      ]),
    );
  }

  async update(
    changes: readonly { address: SipAddress; values: Partial<SecretsAside> }[],
  ): Promise<void> {
    await updateRows(this.schema, TABLE, changes as never);
  }

  async remove(addresses: readonly SipAddress[]): Promise<void> {
    await deleteAt(this.schema, TABLE, addresses);
  }
}
