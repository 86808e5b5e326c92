import * as answer from "../../answers";
import type { Config } from "../../config/config";
import { digestOf, newSecret } from "../../model/credentials";
import type { Session } from "../../store/provisioning/sessions";
import type { Stores } from "../../store/stores";

/** The answer's field for an auth_key that this very call has made. */
export const freshAuthKey = () => answer.secret({ label: "authentication key", fresh: true });

/**
 * A new auth_key and the times of its session, which lives on for `session_lifetime` from `now` (unix
 * seconds), and until `session_max` from its login at most. No key outlives its session.
 */
export function renewal({ auth }: Config, now: number, created: number) {
  const authKey = newSecret();
  const expires = Math.min(now + auth.sessionLifetime, created + auth.sessionMax);
  const keyExpires = Math.min(now + auth.keyLifetime, expires);
  return { authKey, keyDigest: digestOf(authKey), keyExpires, expires };
}

/** Opens a session at `now` and answers what it is continued with. */
export async function openSession(
  { sessions }: Pick<Stores, "sessions">,
  config: Config,
  now: number,
  { operatorId, apiKeyId }: Pick<Session, "operatorId" | "apiKeyId">,
) {
  const session = newSecret();
  const { authKey, ...times } = renewal(config, now, now);
  const opened = { ...times, digest: digestOf(session), created: now, operatorId, apiKeyId };
  await sessions.insert(opened);
  return { session, authKey, keyExpires: times.keyExpires, expires: times.expires };
}
