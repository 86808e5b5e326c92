import { type AccessLevel, leastAccess } from "../model/access";
import { type Credentials, digestOf, sameDigest } from "../model/credentials";
import { hostMatches } from "../model/host-address";
import { unauthorized } from "../model/refusal";
import type { LiveSession } from "../store/provisioning/sessions";
import type { Stores } from "../store/stores";
import { Scope } from "./scope";

/** Who a session belongs to, as things stand now. */
export interface Identity {
  readonly name: string;
  readonly access: AccessLevel;
  readonly operatorId: string | undefined;
  readonly session: LiveSession;
  /** Of a lite operator: what they may see and touch. */
  readonly scope: Scope | undefined;
}

export const LOG_IN = "Log in: hermes auth login --username NAME";

/** Whose session it is; refuses unless session and auth_key both hold now, by the database's clock, and here. */
export async function identify(
  stores: Stores,
  { session: secret, authKey }: Credentials,
  addresses: readonly string[],
): Promise<Identity> {
  const session = await stores.sessions.find(digestOf(secret));
  if (session === undefined || session.expires <= session.now) {
    throw unauthorized(`There is no such session, or it has expired. ${LOG_IN}`);
  }
  if (!sameDigest(digestOf(authKey), session.keyDigest)) {
    throw unauthorized(`The auth_key is not the session's, or was replaced since. ${LOG_IN}`);
  }
  if (session.keyExpires <= session.now) throw unauthorized(`The auth_key has expired. ${LOG_IN}`);
  const { operator, apiKey, operatorId } = session;
  if ((session.apiKeyId !== null && apiKey === undefined) || (operatorId !== null && !operator)) {
    throw unauthorized("The operator or API key of this session has been removed.");
  }
  if (operator?.enabled === false) throw unauthorized(`${operator.username} is disabled.`);
  if (apiKey !== undefined && !hostMatches(apiKey.host, addresses)) {
    throw unauthorized(`The API key is for ${apiKey.host}, and this machine is not there.`);
  }
  const lite = operator !== undefined && !operator.full && operatorId !== null;
  return {
    name: operator?.username ?? `key:${session.apiKeyId}`,
    access: leastAccess(...[operator?.access, apiKey?.access].filter((each) => each !== undefined)),
    operatorId: operatorId ?? undefined,
    session,
    scope: lite
      ? new Scope(await stores.extensionRights.heldBy(operatorId), stores.keys)
      : undefined,
  };
}
