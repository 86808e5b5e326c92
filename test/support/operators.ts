import { afterAll, beforeAll } from "vitest";
import type { CallOptions } from "../../src/call-options";
import { AUTH_DEFAULTS } from "../../src/config/config";
import { type Hermes, openHermes } from "../../src/hermes";
import type { Credentials } from "../../src/model/credentials";
import type { Envelope } from "../../src/model/envelope";
import type { Caller } from "../../src/nodes/node";
import type { Site } from "./site";

export const PASSWORD = "correct horse";
export const HOST = "192.0.2.7";

/** The site's databases, through a core that asks for sessions. */
export interface Guarded {
  readonly hermes: Hermes;
  call(
    credentials: Credentials | undefined,
    node: string,
    params?: Record<string, unknown>,
    options?: CallOptions,
  ): Promise<Envelope>;
  /** Logs in; throws where that is refused. */
  login(params: Record<string, unknown>): Promise<Credentials>;
}

/** A core with `auth.mode = "session"` beside the site's own, which trusts everybody. */
export function useGuard(
  site: () => Site,
  auth: { keyLifetime?: number; sessionLifetime?: number; sessionMax?: number; file?: string } = {},
): () => Guarded {
  let guarded: Guarded | undefined;
  beforeAll(() => {
    const { file, ...lifetimes } = auth;
    guarded = guard(site(), file, lifetimes);
  });
  afterAll(() => guarded?.hermes.close());
  return () => guarded as Guarded;
}

export function guard(site: Site, file?: string, lifetimes = {}): Guarded {
  const hermes = openHermes({
    ...site.config,
    file,
    auth: { ...AUTH_DEFAULTS, mode: "session", ...lifetimes },
  });
  const caller = (credentials?: Credentials): Caller => ({
    name: "tester",
    addresses: [HOST],
    ...(credentials === undefined ? {} : { credentials }),
  });
  const call: Guarded["call"] = (credentials, node, params = {}, options = {}) =>
    hermes.call(node, params, caller(credentials), options);
  return {
    hermes,
    call,
    async login(params) {
      const answer = await call(undefined, "auth/login", params);
      if (answer.response !== "ok") throw new Error(JSON.stringify(answer));
      return { session: String(answer.session), authKey: String(answer.auth_key) };
    },
  };
}

/** Lets so many seconds go by for sessions, keys and locks: by the database's clock, which nobody can set. */
export async function pass(site: Site, seconds: number): Promise<void> {
  await site.sql(
    "UPDATE {sessions} SET created = created - ?, expires = expires - ?, key_expires = key_expires - ?",
    [seconds, seconds, seconds],
  );
  await site.sql(
    "UPDATE {login_attempts} SET locked_until = locked_until - ? WHERE locked_until > 0",
    [seconds],
  );
}

/** Adds an operator, in trust, and logs it in. */
export async function operator(
  site: Site,
  { login }: Guarded,
  username: string,
  params: Record<string, unknown> = {},
): Promise<Credentials> {
  await site.ok("auth/add_user", { username, password: PASSWORD, ...params });
  return login({ username, password: PASSWORD });
}
