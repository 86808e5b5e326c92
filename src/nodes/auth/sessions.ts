import * as answer from "../../answers";
import type { Config } from "../../config/config";
import { digestOf, newSecret } from "../../model/credentials";
import type { Session } from "../../store/provisioning/sessions";
import type { Stores } from "../../store/stores";

/** The answer's field for an auth_key that this very call has made. */
export const freshAuthKey = () => answer.secret({ label: "authentication key", fresh: true });

/** An auth_key that holds from now on, at most as long as its session. */
export function newAuthKey({ auth }: Config, now: number, sessionExpires: number) {
  const authKey = newSecret();
  const keyExpires = Math.min(now + auth.keyLifetime, sessionExpires);
  return { authKey, keyDigest: digestOf(authKey), keyExpires };
}

/** Opens a session and answers what it is continued with. */
export async function openSession(
  { sessions }: Pick<Stores, "sessions">,
  config: Config,
  now: number,
  owner: Pick<Session, "operatorId" | "apiKeyId">,
) {
  const session = newSecret();
  const expires = now + config.auth.sessionLifetime;
  const { authKey, keyDigest, keyExpires } = newAuthKey(config, now, expires);
  await sessions.insert({ ...owner, digest: digestOf(session), keyDigest, keyExpires, expires });
  return { session, authKey, keyExpires, expires };
}
