import { userInfo } from "node:os";
import type { Answers } from "../answers/answer";
import { loadConfig } from "../config/load";
import type { Hermes } from "../hermes";
import { type Envelope, refusalEnvelope, succeeded } from "../model/envelope";
import { critical, Refusal } from "../model/refusal";
import type { Caller } from "../nodes/node";
import type { CallerCredentials } from "./credentials";
import { exitStatus, INTERRUPTED } from "./exit-status";
import { asTerminal, ClosedPipe, type Io, write } from "./io";
import type { OutputFormat } from "./output/format";

/** Flags that every command takes. */
export interface GlobalFlags {
  readonly json: boolean;
  readonly config: string | undefined;
  readonly yes: boolean;
  readonly input: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
  readonly showSecrets: boolean;
  readonly session: string | undefined;
  readonly authKey: string | undefined;
  readonly apiKey: string | undefined;
}

export interface SayOptions {
  /** What is declared of the answer's fields. */
  readonly answers?: Answers;
  /** The form that a list was asked for in. */
  readonly format?: OutputFormat | undefined;
}

/** One run of the command line: the world outside, the global flags, and the core. */
export class Cli {
  private core: Promise<Hermes> | undefined;
  private openedCore: Hermes | undefined;
  private callers: Promise<CallerCredentials> | undefined;

  constructor(
    readonly io: Io,
    readonly flags: GlobalFlags,
  ) {}

  /** The core on the configuration that applies; one and the same for the whole run. */
  hermes(): Promise<Hermes> {
    this.core ??= this.openCore();
    return this.core;
  }

  /** In trusted mode whoever can read the database's credentials may do everything, under their own name. */
  get caller(): Caller {
    return {
      name: userInfo().username,
      credentials: async (refused) => (await this.credentials()).forCall(refused),
    };
  }

  /** Where sessions are read from and kept. */
  credentials(): Promise<CallerCredentials> {
    this.callers ??= import("./credentials").then(({ CallerCredentials }) => {
      const { io, flags } = this;
      const user = { name: userInfo().username };
      return new CallerCredentials(io, flags, () => this.hermes(), user);
    });
    return this.callers;
  }

  /** Whether a person sits there to be asked. */
  get interactive(): boolean {
    return this.flags.input && this.io.isTerminal.stdin && this.io.isTerminal.stderr;
  }

  /** A yes-or-no question; without a person only --yes is a yes. */
  async confirm(question: string): Promise<boolean> {
    if (this.flags.yes) return true;
    if (!this.interactive) return false;
    const { askYesNo } = await import("./prompts");
    return askYesNo(this.io, question);
  }

  /** Says an answer the way the flags ask for, and answers the exit status. */
  async say(envelope: Envelope, { answers = {}, format }: SayOptions = {}): Promise<number> {
    if (this.flags.json || format === "json") return this.sayJson(envelope);
    if (!succeeded(envelope)) {
      await this.sayRefusal(envelope, answers);
    } else if (format === "ndjson" || format === "csv") {
      const { writeRows } = await import("./output/format");
      await writeRows(this.io, envelope, answers, format);
    } else {
      const [{ writePeople }, { useColor }] = await Promise.all([
        import("./output/people"),
        import("./output/color"),
      ]);
      const { showSecrets, quiet } = this.flags;
      const io = format === "table" ? asTerminal(this.io) : this.io;
      const color = useColor(this.io, { noColor: !this.flags.color });
      await writePeople(io, envelope, { color, showSecrets, answers, quiet });
    }
    return exitStatus(envelope);
  }

  private async sayJson(envelope: Envelope): Promise<number> {
    const { writeJson } = await import("./output/json");
    const said = await writeJson(this.io, envelope, (error) => this.refusalOf(error));
    return exitStatus(said);
  }

  private async sayRefusal(envelope: Envelope, answers: Answers): Promise<void> {
    const [{ writePeople }, { writeRefusal }, { useColor }] = await Promise.all([
      import("./output/people"),
      import("./output/refusal"),
      import("./output/color"),
    ]);
    const noColor = !this.flags.color;
    const { response, cause, detail, ...fields } = envelope;
    if (Object.keys(fields).length > 0) {
      const { showSecrets, quiet } = this.flags;
      const color = useColor(this.io, { noColor });
      await writePeople(this.io, envelope, { color, showSecrets, answers, quiet });
    }
    await writeRefusal(this.io, envelope, { color: useColor(this.io, { noColor }, "stderr") });
  }

  /** A word to the person that is no part of the answer. */
  notice(text: string): void {
    if (!this.flags.quiet) void write(this.io.stderr, `${text}\n`).catch(() => {});
  }

  /** The envelope for anything thrown; a closed pipe is thrown on. */
  refusal(error: unknown): Envelope {
    if (error instanceof ClosedPipe) throw error;
    if (this.flags.verbose && error instanceof Error && !(error instanceof Refusal)) {
      this.notice(error.stack ?? error.message);
    }
    return this.refusalOf(error);
  }

  /** Ctrl-C: what is written but not committed is rolled back by the end of the connection. */
  interrupt(): void {
    const phase = this.openedCore?.phase ?? "none";
    // A commit takes milliseconds and can't be called back: the answer will say how it went.
    if (phase === "committing") return;
    if (phase === "writing") {
      this.notice("hermes: interrupted; what was not answered yet is rolled back.");
    }
    this.io.exit?.(INTERRUPTED);
  }

  async close(): Promise<void> {
    await (await this.callers)?.close();
    const hermes = await this.core?.catch(() => undefined);
    await hermes?.close();
  }

  private refusalOf(error: unknown): Envelope {
    if (error instanceof Refusal) return refusalEnvelope(error);
    const known = this.openedCore?.refusal(error);
    return known ?? refusalEnvelope(critical("bug", `This is a bug in Hermes: ${error}`));
  }

  private async openCore(): Promise<Hermes> {
    const config = await loadConfig(this.io.env, this.flags.config);
    const { Hermes } = await import("../hermes");
    this.openedCore = new Hermes(config, { notice: (text) => this.notice(text) });
    return this.openedCore;
  }
}
