import type { Schema } from "../../database/schema";
import { kamailioTime } from "../../model/kamailio-time";
import { type Location, locationOf } from "../../model/location";
import type { SipAddress } from "../../model/sip-address";
import { pagesOf } from "../bulk/pages";
import { deleteAt, rowsAt } from "../bulk/rows-at";

const TABLE = "location";

const PAGE = 1000;

/** A registration of an address, as it stands there. */
export interface Registration extends Location {
  readonly address: SipAddress;
}

interface LocationRow extends SipAddress {
  id: number;
  contact: string;
  user_agent: string;
  expires: unknown;
}

const COLUMNS = "id, username, domain, contact, user_agent, expires";

/** Kamailio's `location`: it writes it, and we take away what no longer may be there. */
export class Locations {
  constructor(private readonly schema: Schema) {}

  /** The registrations of an address that still hold at `now` (unix seconds); rows outlive their expiry. */
  async current(address: SipAddress, now: number): Promise<Location[]> {
    return (await this.of([address]))
      .filter(({ expires }) => expires === 0 || expires > now)
      .map(locationOf);
  }

  /** Every registration of the addresses that stands there, over or not. */
  async of(addresses: readonly SipAddress[]): Promise<Registration[]> {
    const rows = await rowsAt<LocationRow>(this.schema, TABLE, addresses, {
      select: COLUMNS,
      order: "id",
    });
    return rows.map(shape);
  }

  /** All that stand there, a page at a time; rows may be changed between pages. */
  async *pages(): AsyncGenerator<Registration[]> {
    const { schema } = this;
    for await (const rows of pagesOf<LocationRow>(PAGE, (last) =>
      schema.rows(
        `SELECT ${COLUMNS} FROM ${schema.name(TABLE)}
         WHERE id > ? AND domain IS NOT NULL ORDER BY id LIMIT ${PAGE}`,
        [last?.id ?? -1],
      ),
    )) {
      yield rows.map(shape);
    }
  }

  async remove(addresses: readonly SipAddress[]): Promise<void> {
    await deleteAt(this.schema, TABLE, addresses);
  }
}

const shape = ({ username, domain, contact, user_agent, expires }: LocationRow): Registration => ({
  address: { username, domain },
  contact,
  useragent: user_agent,
  expires: kamailioTime(expires) ?? 0,
});
