import type { Schema } from "../../database/schema";
import type { SipAddress } from "../../model/sip-address";
import { deleteAt, rowsAt } from "../bulk/rows-at";

const TABLE = "last_seen";

const NOTED = 500;

/** When an account last had a phone registered, in unix seconds. */
export interface Seen {
  readonly address: SipAddress;
  readonly seen: number;
}

/**
 * The provisioning table `last_seen`. What is noted of registrations follows from what Kamailio
 * does, not from what anybody asks of Hermes: it is no Change, and written beside them.
 */
export class LastSeen {
  constructor(private readonly schema: Schema) {}

  async of(addresses: readonly SipAddress[]): Promise<Seen[]> {
    const rows = await rowsAt<SipAddress & { seen: number }>(this.schema, TABLE, addresses);
    return rows.map(({ username, domain, seen }) => ({
      address: { username, domain },
      seen: Number(seen),
    }));
  }

  /** Notes times, each address once; a later one that is there already stays. */
  async note(seen: readonly Seen[]): Promise<void> {
    const later =
      this.schema.kind === "mysql"
        ? "ON DUPLICATE KEY UPDATE seen = GREATEST(seen, VALUES(seen))"
        : "ON CONFLICT (username, domain) DO UPDATE SET seen = MAX(seen, excluded.seen)";
    for (let from = 0; from < seen.length; from += NOTED) {
      const some = seen.slice(from, from + NOTED);
      await this.schema.changed(
        `INSERT INTO ${this.schema.name(TABLE)} (username, domain, seen)
         VALUES ${some.map(() => "(?, ?, ?)").join(", ")} ${later}`,
        some.flatMap(({ address: { username, domain }, seen }) => [username, domain, seen]),
      );
    }
  }

  async remove(addresses: readonly SipAddress[]): Promise<void> {
    await deleteAt(this.schema, TABLE, addresses);
  }
}
