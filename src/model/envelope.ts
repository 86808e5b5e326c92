import type { Fields } from "./fields";
import type { Refusal } from "./refusal";

export type Response = "ok" | "pong" | "failed" | "invalid" | "error";

export type { Fields } from "./fields";

/** The API's answer: `response`, `cause` and `detail` where it is no success, and the node's fields. */
export type Envelope = { response: Response; cause?: string; detail?: string } & Fields;

/** The answer to a request that was carried out; a node may name another response (`pong`). */
export function answer(fields: Fields): Envelope {
  return { response: "ok", ...fields };
}

/** The answer to a request that was turned down. */
export function refusalEnvelope(refusal: Refusal): Envelope {
  return {
    response: refusal.response,
    cause: refusal.reason,
    detail: refusal.detail,
    ...refusal.fields,
  };
}

export function succeeded<E extends { readonly response: Response }>(
  envelope: E,
): envelope is E & { readonly response: "ok" | "pong" } {
  return envelope.response === "ok" || envelope.response === "pong";
}
