import { formatDatabaseUrl } from "../config/database-url";
import type { Hermes } from "../hermes";
import type { Credentials } from "../model/credentials";
import { type Envelope, succeeded } from "../model/envelope";
import { Refusal } from "../model/refusal";
import type { Caller } from "../nodes/node";
import { type Given, invalidParameters } from "../params/param";
import type { GlobalFlags } from "./cli";
import type { Io } from "./io";
import { type KeptSession, SessionFile } from "./session-file";

type Flags = Pick<GlobalFlags, "session" | "authKey" | "apiKey">;

/** Where a session may come from, the first that is given: flags, environment, the file of a login. */
type Source =
  | { readonly kind: "given"; readonly credentials: Credentials }
  | { readonly kind: "api-key"; readonly apiKey: string }
  | { readonly kind: "file" };

/** Proves to the core whose call it is, and keeps sessions alive that nobody else keeps. */
export class CallerCredentials {
  private readonly file: SessionFile;
  /** The session that an API key was given for, for as long as this process lives. */
  private opened: KeptSession | undefined;

  constructor(
    private readonly io: Pick<Io, "env">,
    private readonly flags: Flags,
    private readonly hermes: () => Promise<Hermes>,
    private readonly user: Caller,
  ) {
    this.file = new SessionFile(io.env);
  }

  /** Session and auth_key for the next call. `refused` is what was turned down just now. */
  async forCall(refused?: Credentials): Promise<Credentials | undefined> {
    const source = this.source();
    if (source.kind === "given") return source.credentials;
    if (source.kind === "file") return this.fromFile(refused);
    if (this.opened === undefined) this.opened = await this.logIn(source.apiKey);
    if (isHalfOver(this.opened)) this.opened = (await this.renewed(this.opened)) ?? this.opened;
    return this.opened;
  }

  /** What a call of these nodes is about where nothing else is said. */
  async complete(node: string, given: Given): Promise<Given> {
    if (node !== "auth/logout" || given.session !== undefined) return given;
    const source = this.source();
    if (source.kind === "given") return { ...given, session: source.credentials.session };
    const kept = source.kind === "file" ? await this.kept().catch(() => undefined) : undefined;
    return kept === undefined ? given : { ...given, session: kept.session };
  }

  /** Keeps what a login or a ping has answered, and forgets what a logout has ended. */
  async note(node: string, given: Given, envelope: Envelope): Promise<void> {
    if (!node.startsWith("auth/") || !succeeded(envelope)) return;
    if (node === "auth/login") {
      await this.file.write({
        ...timesOf(envelope),
        database: await this.database(),
        session: String(envelope.session),
        authKey: String(envelope.auth_key),
        sessionExpires: Number(envelope.session_expires),
      });
    } else if (node === "auth/ping" || node === "auth/logout") {
      if (this.opened !== undefined && given.session === undefined && node === "auth/ping") {
        this.opened = { ...this.opened, ...timesOf(envelope), authKey: String(envelope.auth_key) };
      }
      const kept = await this.kept().catch(() => undefined);
      const meant = given.session ?? (this.source().kind === "file" ? kept?.session : undefined);
      if (kept === undefined || kept.session !== meant) return;
      if (node === "auth/logout") this.file.remove();
      else
        await this.file.write({
          ...kept,
          ...timesOf(envelope),
          authKey: String(envelope.auth_key),
        });
    }
  }

  /** Ends the session that was opened with an API key. */
  async close(): Promise<void> {
    if (this.opened === undefined) return;
    const { session } = this.opened;
    this.opened = undefined;
    await (await this.hermes()).call("auth/logout", { session }, this.user);
  }

  private source(): Source {
    const { env } = this.io;
    const { flags } = this;
    if (flags.session !== undefined || flags.authKey !== undefined) {
      return bothOf(flags.session ?? env.HERMES_SESSION, flags.authKey ?? env.HERMES_AUTH_KEY);
    }
    if (flags.apiKey !== undefined) return { kind: "api-key", apiKey: flags.apiKey };
    if (env.HERMES_SESSION || env.HERMES_AUTH_KEY) {
      return bothOf(env.HERMES_SESSION, env.HERMES_AUTH_KEY);
    }
    if (env.HERMES_API_KEY) return { kind: "api-key", apiKey: env.HERMES_API_KEY };
    return { kind: "file" };
  }

  /** The kept session, its key renewed where it is past half of its life. */
  private async fromFile(refused?: Credentials): Promise<Credentials | undefined> {
    const kept = await this.kept();
    if (kept === undefined) return undefined;
    // A key that was refused may be one that another process is about to replace in the file.
    if (kept.authKey !== refused?.authKey && !isHalfOver(kept)) return kept;
    if (!this.file.writable) return kept;
    return this.file.alone(async () => {
      const now = await this.kept();
      if (now === undefined || !isHalfOver(now) || now.authKey === refused?.authKey) return now;
      const renewed = await this.renewed(now);
      if (renewed !== undefined) await this.file.write(renewed);
      return renewed ?? now;
    });
  }

  private async kept(): Promise<KeptSession | undefined> {
    const kept = this.file.read();
    return kept?.database === (await this.database()) ? kept : undefined;
  }

  /** With a new auth_key, or undefined where the session gets none. */
  private async renewed(kept: KeptSession): Promise<KeptSession | undefined> {
    const { session, authKey } = kept;
    const hermes = await this.hermes();
    const answer = await hermes.call("auth/ping", { session, auth_key: authKey }, this.user);
    if (!succeeded(answer)) return undefined;
    return { ...kept, ...timesOf(answer), authKey: String(answer.auth_key) };
  }

  private async logIn(apiKey: string): Promise<KeptSession> {
    const answer = await (await this.hermes()).call("auth/login", { api_key: apiKey }, this.user);
    if (!succeeded(answer)) {
      const { response, cause = "", detail = "" } = answer;
      throw new Refusal(response as Refusal["response"], cause, detail);
    }
    return {
      ...timesOf(answer),
      database: await this.database(),
      session: String(answer.session),
      authKey: String(answer.auth_key),
      sessionExpires: Number(answer.session_expires),
    };
  }

  private async database(): Promise<string> {
    return formatDatabaseUrl((await this.hermes()).config.provisioning);
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
});

/** Whether a key is due for renewal. */
const isHalfOver = ({ keySince, keyExpires }: KeptSession) =>
  nowSeconds() >= (keySince + keyExpires) / 2;
