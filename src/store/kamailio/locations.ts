import type { Schema } from "../../database/schema";
import { kamailioTime } from "../../model/kamailio-time";
import type { Location } from "../../model/location";
import type { SipAddress } from "../../model/sip-address";

interface LocationRow {
  contact: string;
  user_agent: string;
  expires: unknown;
}

/** Kamailio's `location`, which it writes and we only read. */
export class Locations {
  constructor(private readonly schema: Schema) {}

  /** The registrations of an address that still hold at `now` (unix seconds); rows outlive their expiry. */
  async current({ username, domain }: SipAddress, now: number): Promise<Location[]> {
    const rows = await this.schema.rows<LocationRow>(
      `SELECT contact, user_agent, expires FROM ${this.schema.name("location")}
       WHERE username = ? AND domain = ? ORDER BY id`,
      [username, domain],
    );
    return rows
      .map((row) => ({
        contact: row.contact,
        useragent: row.user_agent,
        expires: kamailioTime(row.expires) ?? 0,
      }))
      .filter(({ expires }) => expires === 0 || expires > now);
  }
}
