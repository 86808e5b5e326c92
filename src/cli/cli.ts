import { processUserName } from "../access/machine";
import type { Answers } from "../answers/answer";
import type { Config } from "../config/config";
import { exposure } from "../config/exposed";
import { loadConfig } from "../config/load";
import { sessionFile } from "../config/paths";
import type { Hermes } from "../hermes";
import { type Envelope, refusalEnvelope, succeeded } from "../model/envelope";
import { critical, Refusal } from "../model/refusal";
import type { Caller } from "../nodes/node";
import type { Restriction } from "../restricted/restriction";
import { CLOSED_PIPE, exitStatus, INTERRUPTED } from "./exit-status";
import type { GlobalFlags } from "./global-flags";
import type { Grammar } from "./grammar";
import { asTerminal, ClosedPipe, type Io, OutputError, write } from "./io";
import { type ListView, viewed } from "./list-view";
import { fitted } from "./output/fitted";
import { type OutputFormat, writeRows } from "./output/format";
import type { AnyTelling } from "./output/telling";
import { visibleLines } from "./output/visible";
import type { SessionClient } from "./session";

export interface SayOptions {
  /** What is declared of the answer's fields. */
  readonly answers?: Answers;
  /** How its list was asked for. */
  readonly view?: ListView | undefined;
  /** What it did in a sentence, for people. */
  readonly tells?: AnyTelling | undefined;
}

/** The command line itself, for commands that speak of it or use it. */
export interface Program {
  readonly grammar: Grammar;
  readonly run: (argv: readonly string[], io: Io, shared?: Cli) => Promise<number>;
}

/** One run of the command line: the world outside, the global flags, and the core. */
export class Cli {
  private loaded: Promise<Config> | undefined;
  private core: Promise<Hermes> | undefined;
  private openedCore: Hermes | undefined;
  private sessions: Promise<SessionClient> | undefined;
  private lent = 0;
  private readonly altered = new Set<() => void>();

  constructor(
    readonly io: Io,
    readonly flags: GlobalFlags,
    readonly program: Program,
    /** The walls around whoever was let in to be no more than an operator. */
    readonly restriction?: Restriction,
    /** The run that this one is a line of: its databases and its session are used, and left open. */
    private readonly shared?: Cli,
  ) {}

  /** The configuration that applies. Where others can read its passwords, that is said. */
  configuration(): Promise<Config> {
    this.loaded ??= this.loadConfiguration();
    return this.loaded;
  }

  /** The core on the configuration that applies; one and the same for the whole run. */
  hermes(): Promise<Hermes> {
    this.core ??= this.sharing?.hermes() ?? this.openCore();
    return this.core;
  }

  /** In trusted mode whoever can read the database's credentials may do everything, under their own name. */
  get caller(): Caller {
    return {
      name: this.callerName,
      credentials: async (refused) => (await this.session()).credentials(refused),
    };
  }

  /** The session that calls are made with, and the file that it is kept in. */
  session(): Promise<SessionClient> {
    this.sessions ??=
      this.sharing?.session() ??
      import("./session").then(({ SessionClient }) => {
        const { io, flags } = this;
        return new SessionClient({
          env: io.env,
          flags,
          file: this.restriction?.sessionFile ?? sessionFile(io.env),
          hermes: () => this.hermes(),
          user: { name: this.callerName },
          notice: (text) => this.notice(text),
        });
      });
    return this.sessions;
  }

  /** Whether a person sits there to be asked. */
  get interactive(): boolean {
    return !this.flags.no_input && this.io.isTerminal.stdin && this.io.isTerminal.stderr;
  }

  /** A yes-or-no question; without a person only --yes is a yes. */
  async confirm(question: string): Promise<boolean> {
    if (this.flags.yes) return true;
    if (!this.interactive) return false;
    const { askYesNo } = await import("./prompts");
    return askYesNo(this.io, question);
  }

  /** Says an answer the way the flags ask for, and answers the exit status. */
  async say(answer: Envelope, options: SayOptions = {}): Promise<number> {
    const { answers = {}, view = {}, tells } = options;
    const { format } = view;
    const envelope = await viewed(answer, answers, view);
    if (this.flags.json || format === "json") return this.sayJson(envelope);
    if (!succeeded(envelope)) {
      await this.sayRefusal(envelope, answers, format);
    } else if (format === "ndjson" || format === "csv") {
      await writeRows(this.io, envelope, answers, format);
    } else {
      const io = format === "table" ? asTerminal(this.io) : this.io;
      await this.paging(io, (to) => this.sayPeople(to, envelope, answers, tells));
    }
    return exitStatus(envelope);
  }

  /** Has what is longer than the screen read in a pager; who leaves it has read enough. */
  private async paging(io: Io, body: (io: Io) => Promise<void>): Promise<void> {
    const wanted = !this.flags.no_pager && this.restriction === undefined && io.rows !== undefined;
    const { paged, pagerOf } = wanted ? await import("./output/pager") : { paged: undefined };
    const pager = pagerOf?.(io);
    if (paged === undefined || pager === undefined) return body(io);
    const output = paged(io, pager);
    await this.lending(async () => {
      try {
        await body(output.io);
      } catch (error) {
        if (!(error instanceof ClosedPipe)) throw error;
      } finally {
        await output.end();
      }
    });
  }

  private async sayJson(envelope: Envelope): Promise<number> {
    const { writeJson } = await import("./output/json");
    const said = await writeJson(this.io, envelope, (error) => this.refusalOf(error));
    return exitStatus(said);
  }

  private async sayPeople(
    io: Io,
    envelope: Envelope,
    answers: Answers,
    tells?: AnyTelling,
  ): Promise<void> {
    const [{ writePeople }, { useColor }] = await Promise.all([
      import("./output/people"),
      import("./output/color"),
    ]);
    const { show_secrets: showSecrets, quiet, no_color: noColor } = this.flags;
    const color = useColor(this.io, { noColor });
    await writePeople(io, envelope, { color, showSecrets, answers, quiet, tells });
  }

  private async sayRefusal(
    envelope: Envelope,
    answers: Answers,
    format?: OutputFormat,
  ): Promise<void> {
    const { response, cause, detail, ...fields } = envelope;
    if (format === "ndjson" || format === "csv") {
      await writeRows(this.io, envelope, answers, format);
    } else if (Object.keys(fields).length > 0) {
      await this.sayPeople(format === "table" ? asTerminal(this.io) : this.io, envelope, answers);
    }
    const [{ writeRefusal }, { useColor }] = await Promise.all([
      import("./output/refusal"),
      import("./output/color"),
    ]);
    const options = { color: useColor(this.io, { noColor: this.flags.no_color }, "stderr") };
    await writeRefusal(this.io, envelope, options).catch((error) => {
      // Where stderr can't be written the exit status still tells.
      if (error instanceof ClosedPipe) throw error;
    });
  }

  /** Says on stderr that an answer can't be written, but for a reader who has gone; answers the exit status. */
  async sayUnwritten(error: OutputError): Promise<number> {
    if (error instanceof ClosedPipe) return CLOSED_PIPE;
    const envelope = refusalEnvelope(error);
    await this.sayRefusal(envelope, {});
    return exitStatus(envelope);
  }

  /** A word to the person that is no part of the answer. */
  notice(text: string): void {
    if (this.flags.quiet) return;
    void write(this.io.stderr, `${fitted(this.io, visibleLines(text))}\n`).catch(() => {});
  }

  /** The envelope for anything thrown but an output that can't be written: no envelope can be, then. */
  refusal(error: unknown): Envelope {
    if (error instanceof OutputError) throw error;
    if (this.flags.verbose && error instanceof Error && !(error instanceof Refusal)) {
      this.notice(error.stack ?? error.message);
    }
    return this.refusalOf(error);
  }

  /** While another program has the terminal, Ctrl-C is its key: a pager is left by q. */
  async lending<T>(body: () => Promise<T>): Promise<T> {
    this.root.lent++;
    try {
      return await body();
    } finally {
      this.root.lent--;
    }
  }

  /** Has `restore` called at Ctrl-C, for as long as the terminal is not as it was: no cursor, lines cut off. */
  alters(restore: () => void): { restored(): void } {
    this.root.altered.add(restore);
    return { restored: () => this.root.altered.delete(restore) };
  }

  /** Ctrl-C: what is written but not committed is rolled back by the end of the connection. */
  interrupt(): void {
    const phase = (this.openedCore ?? this.sharing?.openedCore)?.phase ?? "none";
    // A commit takes milliseconds and can't be called back: the answer will say how it went.
    if (phase === "committing") return;
    if (this.lent > 0) return;
    for (const restore of this.altered) restore();
    if (phase === "writing") {
      this.notice("hermes: interrupted; what was not answered yet is rolled back.");
    }
    this.io.exit?.(INTERRUPTED);
  }

  /** Whose databases are used; a line that names others has its own. */
  private get sharing(): Cli | undefined {
    const { config, verbose, session, auth_key: authKey, api_key: apiKey } = this.flags;
    const own = verbose || [config, session, authKey, apiKey].some((flag) => flag !== undefined);
    return own ? undefined : this.shared;
  }

  /** Who hears of Ctrl-C. */
  private get root(): Cli {
    return this.shared ?? this;
  }

  /** Whether it is a line of a shell of Hermes' own. */
  get isLine(): boolean {
    return this.shared !== undefined;
  }

  async close(): Promise<void> {
    if (this.sharing !== undefined) return;
    await (await this.sessions)?.close();
    const hermes = await this.core?.catch(() => undefined);
    await hermes?.close();
  }

  private get callerName(): string {
    return this.restriction?.caller ?? processUserName();
  }

  private refusalOf(error: unknown): Envelope {
    if (error instanceof Refusal) return refusalEnvelope(error);
    const known = (this.openedCore ?? this.sharing?.openedCore)?.refusal(error);
    return known ?? refusalEnvelope(critical("bug", `This is a bug in Hermes: ${error}`));
  }

  private async loadConfiguration(): Promise<Config> {
    const { restriction, io, flags } = this;
    if (restriction !== undefined) return restriction.config(flags.site);
    const config = await loadConfig(io.env, flags.config, flags.site);
    const exposed = exposure(config);
    if (exposed !== undefined) this.notice(`${exposed} See: hermes doctor`);
    return config;
  }

  private async openCore(): Promise<Hermes> {
    const config = await this.configuration();
    const { Hermes } = await import("../hermes");
    const notice = (text: string) => this.notice(text);
    this.openedCore = new Hermes(config, {
      notice,
      opensFiles: this.restriction === undefined,
      ...(this.flags.verbose ? { statement: notice } : {}),
    });
    return this.openedCore;
  }
}
