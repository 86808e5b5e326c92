import type { SipAddress } from "./sip-address";

/** Tells addresses apart in memory as the database does: most collations take `Alice` for `alice`. */
export class AddressKeys {
  /** `folds`: upper and lower case of a user part are the same to the database. */
  constructor(private readonly folds: boolean) {}

  /** By the collation of Kamailio's `subscriber.username`; an engine without such compares letter by letter. */
  static ofCollation(collation: string | undefined): AddressKeys {
    return new AddressKeys(collation !== undefined && !/_(bin|cs)$/.test(collation));
  }

  /** The same text for addresses that are the same to the database. */
  of({ username, domain }: SipAddress): string {
    return `${this.folds ? username.toLowerCase() : username}@${domain.toLowerCase()}`;
  }

  same(a: SipAddress, b: SipAddress): boolean {
    return this.of(a) === this.of(b);
  }
}
