import type { Schema } from "../database/schema";
import type { SipAddress } from "../model/sip-address";

/** Enough to show what is meant. */
const EXAMPLES = 3;

/** Who lives in a domain, in both databases. */
export class DomainUse {
  constructor(
    private readonly kamailio: Schema,
    private readonly provisioning: Schema,
  ) {}

  /** A few of the accounts, local and remote, and of the aliases in a domain. */
  async of(domain: string): Promise<{ accounts: SipAddress[]; aliases: SipAddress[] }> {
    const [local, provisioned, aliases] = await Promise.all([
      this.some(this.kamailio, "subscriber", domain),
      this.some(this.provisioning, "users", domain),
      this.some(this.kamailio, "dbaliases", domain, "alias_"),
    ]);
    return { accounts: local.length > 0 ? local : provisioned, aliases };
  }

  private some(schema: Schema, table: string, domain: string, prefix = ""): Promise<SipAddress[]> {
    return schema.rows<SipAddress>(
      `SELECT ${prefix}username AS username, ${prefix}domain AS domain FROM ${schema.name(table)}
       WHERE ${prefix}domain = ? LIMIT ${EXAMPLES}`,
      [domain],
    );
  }
}
