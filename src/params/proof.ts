import type { Credentials } from "../model/credentials";
import { token } from "./operators";
import { type Given, invalidParameters, optional, type Params } from "./param";
import { readParams } from "./read";

/** What every node takes beside its own parameters: the session that proves whose call it is. */
export const PROOF = {
  session: optional(token("the session that proves whose call it is")),
  auth_key: optional(token("the auth_key that the session has at present")),
};

export interface Proven {
  /** The session that the request names; undefined where the caller's own is meant. */
  readonly proof: Credentials | undefined;
  /** What was given beside it. */
  readonly rest: Given;
}

/**
 * Takes the proof out of what was given. A node with such a parameter of its own is left with it.
 * Throws a Refusal where one half of the proof is missing.
 */
export async function readProof(own: Params, given: Given): Promise<Proven> {
  const ofProof = (name: string) => Object.hasOwn(PROOF, name) && !Object.hasOwn(own, name);
  const entries = Object.entries(given);
  if (!entries.some(([name]) => ofProof(name))) return { proof: undefined, rest: given };
  const values = await readParams(
    PROOF,
    Object.fromEntries(entries.filter(([name]) => ofProof(name))),
  );
  const { session, auth_key: authKey } = values;
  const rest = Object.fromEntries(entries.filter(([name]) => !ofProof(name)));
  if (Object.hasOwn(own, "session") || (session === undefined && authKey === undefined)) {
    return { proof: undefined, rest };
  }
  if (session === undefined || authKey === undefined) {
    throw invalidParameters("A session and its auth_key go together: give both or neither.");
  }
  return { proof: { session, authKey }, rest };
}
