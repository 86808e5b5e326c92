import type { Schema } from "../../database/schema";
import type { SipAddress } from "../../model/sip-address";

/** Tells addresses apart in memory as the database does: most collations take `Alice` for `alice`. */
export class AddressKeys {
  private readonly folds: boolean;

  constructor(kamailio: Schema) {
    const collation = kamailio.collation("subscriber", "username");
    this.folds = collation !== undefined && !/_(bin|cs)$/.test(collation);
  }

  /** The same text for addresses that are the same to the database. */
  of({ username, domain }: SipAddress): string {
    return `${this.folds ? username.toLowerCase() : username}@${domain.toLowerCase()}`;
  }
}
