import { machineAddresses } from "../../access/machine";
import * as answer from "../../answers";
import { type AccessLevel, leastAccess } from "../../model/access";
import { apiKeyId, digestOf, sameDigest } from "../../model/credentials";
import { hostMatches } from "../../model/host-address";
import { hashPassword, isOutdatedHash, verifyPassword } from "../../model/operator-password";
import { Refusal, unauthorized } from "../../model/refusal";
import { operatorName, operatorPassword, token } from "../../params/operators";
import { optional, prompted } from "../../params/param";
import { exactlyOne, together } from "../../params/relations";
import type { Stores } from "../../store/stores";
import { node, type Reading } from "../node";
import { freshAuthKey, openSession } from "./sessions";

/** So many failures in a row lock a username or an API key's id. */
const FAILURES = 5;
const LOCKED_SECONDS = 60;

/** Names that nobody has tried for so long are forgotten. */
const FORGET_SECONDS = 86400;

const WRONG = "The username or the password is wrong, or the operator is disabled.";

export const login = node({
  name: "auth/login",
  summary: "Open a session, with a password or an API key",
  description:
    "The command line keeps the session and renews its auth_key by itself. Five failures in a row lock the username or API key for a minute.",
  access: "none",
  writes: true,
  alone: true,
  session: "opens",
  params: {
    username: prompted(operatorName()),
    api_key: optional(token("an API key, in the place of username and password")),
    password: prompted(operatorPassword("the operator's password")),
  },
  relations: [exactlyOne("username", "api_key"), together("username", "password")],
  answers: {
    session: answer.secret({ fresh: true }),
    auth_key: freshAuthKey(),
    access: answer.accessLevel(),
    key_expires: answer.time(),
    session_expires: answer.time(),
  },
  tells: {
    verb: ["Log in", "Logged in"],
    what: ({ access, session_expires: until }, as) => `with ${access}, until ${as.time(until)}`,
    shows: ["key_expires"],
  },
  examples: [
    { command: "hermes auth login --username alice" },
    { command: "hermes auth login --api-key-stdin < /etc/hermes/cron.key" },
  ],
  // The hash takes its time, which nobody who writes should have to wait for.
  async before(look, { username = "", password = "", api_key: apiKey }, { caller }) {
    if (apiKey === undefined) return byPassword(look, username, password);
    return look((stores) => byApiKey(stores, apiKey, caller.addresses ?? machineAddresses()));
  },
  async run(stores, { username = "", api_key: apiKey }, { config }, who) {
    const name = apiKey === undefined ? username : (apiKeyId(apiKey) ?? apiKey.slice(0, 13));
    const subject = digestOf(`${apiKey === undefined ? "user" : "key"}:${name}`);
    // Only now does it count whether it was right: of many tried at once, five are told.
    const { failures, lockedUntil, now } = await stores.loginAttempts.begin(subject);
    if (lockedUntil > now) {
      const what = apiKey === undefined ? username : "this API key";
      return unauthorized(
        `${FAILURES} logins with ${what} have failed: it is locked for another ${lockedUntil - now} s.`,
      );
    }
    if (who === undefined) {
      const locks = failures + 1 >= FAILURES;
      await stores.loginAttempts.set(subject, {
        failures: locks ? 0 : failures + 1,
        lockedUntil: locks ? now + LOCKED_SECONDS : 0,
      });
      return unauthorized(apiKey === undefined ? WRONG : "There is no such API key.");
    }
    // Nobody is let in: nothing that was counted before is forgotten.
    if (who instanceof Refusal) return who;
    const [opened] = await Promise.all([
      openSession(stores, config, now, who),
      stores.loginAttempts.clear(subject),
      stores.loginAttempts.forget(FORGET_SECONDS),
      stores.sessions.removeExpired(),
      putBetterHash(stores, who),
      who.apiKeyId === null ? undefined : stores.apiKeys.used(who.apiKeyId),
    ]);
    return {
      session: opened.session,
      auth_key: opened.authKey,
      access: who.access,
      key_expires: opened.keyExpires,
      session_expires: opened.expires,
    };
  },
});

interface Proven {
  readonly operatorId: string | null;
  readonly apiKeyId: string | null;
  readonly access: AccessLevel;
  /** In the place of a hash of an outdated kind. */
  readonly newHash?: string;
}

async function putBetterHash({ operators }: Stores, { operatorId, newHash }: Proven) {
  if (newHash === undefined || operatorId === null) return;
  await operators.update(operatorId, { passwordHash: newHash });
}

/** Whose login it is; nobody's where the password is wrong, and the same where the operator is disabled. */
async function byPassword(
  look: Reading,
  username: string,
  password: string,
): Promise<Proven | undefined> {
  const operator = await look(({ operators }) => operators.find(username));
  const right = await verifyPassword(password, operator?.passwordHash);
  if (!right || !operator?.enabled) return undefined;
  const { id, access, passwordHash } = operator;
  return {
    ...{ operatorId: id, apiKeyId: null, access },
    ...(isOutdatedHash(passwordHash) ? { newHash: await hashPassword(password) } : {}),
  };
}

async function byApiKey(
  { apiKeys, operators }: Stores,
  apiKey: string,
  addresses: readonly string[],
): Promise<Proven | Refusal | undefined> {
  const id = apiKeyId(apiKey);
  const known = id === undefined ? undefined : await apiKeys.find(id);
  if (known === undefined || !sameDigest(digestOf(apiKey), known.digest)) return undefined;
  if (!hostMatches(known.host, addresses)) {
    return unauthorized(`The API key is for ${known.host}, and this machine is not there.`);
  }
  const { operatorId } = known;
  const operator = operatorId === null ? undefined : await operators.findById(operatorId);
  if (operatorId !== null && operator?.enabled !== true) {
    return unauthorized("The operator who made this API key is disabled.");
  }
  const access = leastAccess(known.access, operator?.access ?? known.access);
  return { operatorId, apiKeyId: known.id, access };
}
