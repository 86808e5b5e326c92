import { formatDatabaseUrl } from "../config/database-url";
import type { Environment } from "../config/paths";
import type { Hermes } from "../hermes";
import type { Credentials } from "../model/credentials";
import { type Envelope, succeeded } from "../model/envelope";
import { Refusal } from "../model/refusal";
import type { Caller, SessionEffect } from "../nodes/node";
import { type Given, invalidParameters } from "../params/param";
import type { GlobalFlags } from "./global-flags";
import { type KeptSession, SessionFile } from "./session-file";

/** Calls the node that a session's method is about; answers its envelope. */
type Call = (given: Given) => Promise<Envelope>;

/** What the client needs of the run that it is part of. */
interface Surroundings {
  readonly env: Environment;
  readonly flags: Pick<GlobalFlags, "session" | "auth_key" | "api_key">;
  /** Where a login leaves its session. */
  readonly file: string;
  readonly hermes: () => Promise<Hermes>;
  readonly user: Caller;
  readonly notice: (text: string) => void;
}

/** Where a session comes from, the first that is given: flags, environment, the file of a login. */
type Source =
  | { readonly kind: "given"; readonly credentials: Credentials }
  | { readonly kind: "api-key"; readonly apiKey: string }
  | { readonly kind: "file" };

/** The command line's side of a session: proves whose call it is, and keeps alive what nobody else keeps. */
export class SessionClient {
  private readonly file: SessionFile;
  /** The session that an API key was given for, for as long as this process lives. */
  private opened: KeptSession | undefined;

  constructor(private readonly around: Surroundings) {
    this.file = new SessionFile(around.file);
  }

  /** Session and auth_key for the next call. `refused` is what was turned down just now. */
  async credentials(refused?: Credentials): Promise<Credentials | undefined> {
    const source = this.source();
    if (source.kind === "given") return source.credentials;
    if (source.kind === "file") return this.fromFile(refused);
    if (this.opened === undefined) this.opened = await this.openWith(source.apiKey);
    if (await this.isHalfOver(this.opened))
      this.opened = (await this.renewed(this.opened)) ?? this.opened;
    return this.opened;
  }

  /** Calls a node that does this to a session, and does the same to the one that is kept. */
  through(effect: SessionEffect, given: Given, call: Call): Promise<Envelope> {
    switch (effect) {
      case "opens":
        return this.login(given, call);
      case "renews":
        return this.ping(given, call);
      case "closes":
        return this.logout(given, call);
    }
  }

  /** Keeps the session that is opened, and ends the one that was kept before. */
  async login(given: Given, call: Call): Promise<Envelope> {
    const answer = await call(given);
    if (!succeeded(answer)) return answer;
    await this.keeping(async () => {
      const before = await this.keptHere();
      await this.file.write(await this.sessionOf(answer));
      if (before !== undefined) await this.end(before);
    });
    return answer;
  }

  /** Keeps the new auth_key of the session that is renewed. */
  async ping(given: Given, call: Call): Promise<Envelope> {
    const answer = await call(given);
    if (!succeeded(answer)) return answer;
    const renewed = { ...timesOf(answer), authKey: String(answer.auth_key) };
    if (given.session === undefined && this.opened !== undefined) {
      this.opened = { ...this.opened, ...renewed };
    }
    await this.keeping(async () => {
      const kept = await this.keptHere();
      if (kept !== undefined && kept.session === this.meant(given, kept)) {
        await this.file.write({ ...kept, ...renewed });
      }
    });
    return answer;
  }

  /** Ends the session that calls are made with, unless another is named, and forgets it. */
  async logout(given: Given, call: Call): Promise<Envelope> {
    const kept = await this.keptHere();
    const session = this.meant(given, kept);
    const answer = await call(session === undefined ? given : { ...given, session });
    if (succeeded(answer) && kept !== undefined && kept.session === session) {
      await this.keeping(async () => this.file.remove());
    }
    return answer;
  }

  /** Ends the session that was opened with an API key. */
  async close(): Promise<void> {
    if (this.opened === undefined) return;
    const { opened } = this;
    this.opened = undefined;
    await this.end(opened);
  }

  private source(): Source {
    const { env, flags } = this.around;
    if (flags.session !== undefined || flags.auth_key !== undefined) {
      return bothOf(flags.session ?? env.HERMES_SESSION, flags.auth_key ?? env.HERMES_AUTH_KEY);
    }
    if (flags.api_key !== undefined) return { kind: "api-key", apiKey: flags.api_key };
    if (env.HERMES_SESSION || env.HERMES_AUTH_KEY) {
      return bothOf(env.HERMES_SESSION, env.HERMES_AUTH_KEY);
    }
    if (env.HERMES_API_KEY) return { kind: "api-key", apiKey: env.HERMES_API_KEY };
    return { kind: "file" };
  }

  /** The session that a call is about: the one in its parameters, else the one that it is made with. */
  private meant(given: Given, kept: KeptSession | undefined): unknown {
    if (given.session !== undefined) return given.session;
    const source = this.source();
    if (source.kind === "given") return source.credentials.session;
    return source.kind === "file" ? kept?.session : undefined;
  }

  /** The kept session, its key renewed where it is past half of its life. */
  private async fromFile(refused?: Credentials): Promise<Credentials | undefined> {
    const kept = await this.kept();
    if (kept === undefined) return undefined;
    // A key that was refused may be one that another process is about to replace in the file.
    if (kept.authKey !== refused?.authKey && !(await this.isHalfOver(kept))) return kept;
    if (!this.file.writable) return kept;
    return this.file.alone(async () => {
      const now = await this.kept();
      if (now === undefined || now.authKey === refused?.authKey) return now;
      if (!(await this.isHalfOver(now))) return now;
      const renewed = await this.renewed(now);
      if (renewed !== undefined) await this.file.write(renewed);
      return renewed ?? now;
    });
  }

  /** The session that is kept, where it is one of this database; refuses a file that others can read. */
  private async kept(): Promise<KeptSession | undefined> {
    const kept = this.file.read();
    return kept?.database === (await this.database()) ? kept : undefined;
  }

  /** The same, for those who are about to replace it: an untrustworthy file keeps nothing. */
  private keptHere(): Promise<KeptSession | undefined> {
    return this.kept().catch(() => undefined);
  }

  /** A call is answered even where its session can't be kept. */
  private async keeping(body: () => Promise<void>): Promise<void> {
    await body().catch((error: Error) => {
      this.around.notice(`The session is not kept: ${error.message}`);
    });
  }

  /** With a new auth_key, or undefined where the session gets none. */
  private async renewed(kept: KeptSession): Promise<KeptSession | undefined> {
    const { session, authKey } = kept;
    const answer = await this.call("auth/ping", { session, auth_key: authKey });
    if (!succeeded(answer)) return undefined;
    return { ...kept, ...timesOf(answer), authKey: String(answer.auth_key) };
  }

  private async openWith(apiKey: string): Promise<KeptSession> {
    const answer = await this.call("auth/login", { api_key: apiKey });
    if (!succeeded(answer)) {
      const { response, cause = "", detail = "" } = answer;
      throw new Refusal(response as Refusal["response"], cause, detail);
    }
    return this.sessionOf(answer);
  }

  private async end({ session }: KeptSession): Promise<void> {
    await this.call("auth/logout", { session });
  }

  private async call(node: string, given: Given): Promise<Envelope> {
    return (await this.around.hermes()).call(node, given, this.around.user);
  }

  private async sessionOf(answer: Envelope): Promise<KeptSession> {
    return {
      ...timesOf(answer),
      database: await this.database(),
      session: String(answer.session),
      authKey: String(answer.auth_key),
    };
  }

  /** Whether a key is due for renewal: by its age, as the time of its end is told by another clock. */
  private async isHalfOver({ keySince }: KeptSession): Promise<boolean> {
    const { keyLifetime } = (await this.around.hermes()).config.auth;
    const age = nowSeconds() - keySince;
    return age < 0 || age >= keyLifetime / 2;
  }

  private async database(): Promise<string> {
    return formatDatabaseUrl((await this.around.hermes()).config.provisioning);
  }
}

function bothOf(session: string | undefined, authKey: string | undefined): Source {
  if (session && authKey) return { kind: "given", credentials: { session, authKey } };
  throw invalidParameters(
    session
      ? "A session is given without its auth_key: --auth-key or HERMES_AUTH_KEY."
      : "An auth_key is given without its session: --session or HERMES_SESSION.",
  );
}

const nowSeconds = () => Math.floor(Date.now() / 1000);

const timesOf = (envelope: Envelope) => ({
  keySince: nowSeconds(),
  keyExpires: Number(envelope.key_expires),
  sessionExpires: Number(envelope.session_expires),
});
