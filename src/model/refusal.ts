import type { Fields } from "./fields";
import type { SipAddress } from "./sip-address";

/** How a request can be turned down: in the data, in the request itself, or by the system. */
export type RefusalResponse = "failed" | "invalid" | "error";

/** What was named and is not there: a name close to it may have been meant. */
export type Missed = { readonly account: SipAddress } | { readonly domain: string };

/**
 * A request that is answered with anything but success.
 * `cause` is the API's keyword, `detail` one or two sentences a person can act on,
 * `fields` what else the envelope shall carry.
 */
export class Refusal extends Error {
  constructor(
    readonly response: RefusalResponse,
    readonly reason: string,
    readonly detail: string,
    readonly fields: Fields = {},
    readonly missed?: Missed,
  ) {
    super(detail);
  }
}

/** Refused for a reason in the data. */
export const failed = (cause: string, detail: string, fields?: Fields) =>
  new Refusal("failed", cause, detail, fields);

/** Refused for who asks, not for what is asked. */
export const unauthorized = (detail: string) => failed("unauthorized", detail);

/** The request itself is wrong. */
export const invalid = (cause: string, detail: string, fields?: Fields) =>
  new Refusal("invalid", cause, detail, fields);

/** Critical: no database, no schema, a bug. */
export const critical = (cause: string, detail: string, fields?: Fields) =>
  new Refusal("error", cause, detail, fields);
