import type { Schema } from "../database/schema";
import type { SipAddress } from "../model/sip-address";
import type { Accounts } from "./accounts";
import type { AddressKeys } from "./bulk/address-keys";
import type { Aliases } from "./kamailio/aliases";

/** Extensions over both databases: an account's address, or an alias that leads to one. */
export class Extensions {
  constructor(
    private readonly kamailio: Schema,
    private readonly provisioning: Schema,
    private readonly accounts: Accounts,
    private readonly aliases: Aliases,
    private readonly keys: AddressKeys,
  ) {}

  /** The address of the account that the extension is, spelled as stored. */
  async find(address: SipAddress): Promise<SipAddress | undefined> {
    const account = await this.accounts.find(address);
    if (account !== undefined) return account.address;
    const alias = await this.aliases.find(address);
    if (alias === undefined) return undefined;
    return (await this.accounts.find(alias.destination))?.address;
  }

  /** The addresses of all accounts that a user part alone may mean, in any domain. */
  async named(username: string): Promise<SipAddress[]> {
    const candidates = await this.kamailio.rows<SipAddress>(
      `SELECT username, domain FROM ?? WHERE username = ?
       UNION SELECT username, domain FROM ?? WHERE username = ?
       UNION SELECT username, domain FROM ?? WHERE alias_username = ?`,
      [
        this.kamailio.qualified("subscriber"),
        username,
        this.provisioning.qualified("users"),
        username,
        this.kamailio.qualified("dbaliases"),
        username,
      ],
    );
    const found = new Map<string, SipAddress>();
    for (const { username: user, domain } of candidates) {
      const account = await this.accounts.find({ username: user, domain });
      if (account !== undefined) found.set(this.keys.of(account.address), account.address);
    }
    return [...found.values()];
  }
}
