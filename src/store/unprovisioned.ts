import type { Schema } from "../database/schema";
import type { AddressKeys } from "../model/address-keys";
import { likePattern } from "../model/glob";
import type { SipAddress } from "../model/sip-address";
import { pagesBeside } from "./bulk/beside";

export interface Scope extends Partial<SipAddress> {
  readonly search?: string | undefined;
}

/** Kamailio's accounts that lack a row in provisioning, a page at a time. */
export async function* unprovisioned(
  kamailio: Schema,
  provisioning: Schema,
  keys: AddressKeys,
  { search, username, domain }: Scope = {},
): AsyncGenerator<SipAddress[]> {
  const filters = [
    ...(search === undefined
      ? []
      : [[kamailio.like(kamailio.joined("r.username", "r.domain")), likePattern(search)] as const]),
    ...(username === undefined ? [] : [["r.username = ?", username] as const]),
    ...(domain === undefined ? [] : [["r.domain = ?", domain] as const]),
  ];
  for await (const rows of pagesBeside<SipAddress>({
    ...{ schema: kamailio, table: "subscriber", keys },
    ...{ columns: ["id", "username", "domain"], key: ["id"] },
    ...(filters.length === 0
      ? {}
      : {
          where: {
            sql: filters.map(([sql]) => sql).join(" AND "),
            values: filters.map(([, value]) => value),
          },
        }),
    beside: [
      {
        ...{ schema: provisioning, table: "users", must: "lack" },
        on: { username: "username", domain: "domain" },
      },
    ],
  })) {
    yield rows.map(({ username, domain }) => ({ username, domain }));
  }
}
