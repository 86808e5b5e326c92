import { userInfo } from "node:os";
import { loadConfig } from "../config/load";
import { Hermes } from "../hermes";
import { type Envelope, refusalEnvelope, succeeded } from "../model/envelope";
import { critical, Refusal } from "../model/refusal";
import type { Caller } from "../nodes/node";
import { exitStatus } from "./exit-status";
import { ClosedPipe, type Io, write } from "./io";

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
}

/** One run of the command line: the world outside, the global flags, and the core. */
export class Cli {
  private core: Promise<Hermes> | undefined;

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
    return { name: userInfo().username };
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
  async say(
    envelope: Envelope,
    { fresh = [] }: { fresh?: readonly string[] } = {},
  ): Promise<number> {
    if (this.flags.json) {
      const { writeJson } = await import("./output/json");
      const hermes = await this.core?.catch(() => undefined);
      const said = await writeJson(this.io, envelope, (error) => this.refusalOf(hermes, error));
      return exitStatus(said);
    }
    if (succeeded(envelope)) {
      const [{ writePeople }, { useColor }] = await Promise.all([
        import("./output/people"),
        import("./output/color"),
      ]);
      const { showSecrets, quiet } = this.flags;
      const color = useColor(this.io, { noColor: !this.flags.color });
      await writePeople(this.io, envelope, { color, showSecrets, fresh, quiet });
    } else {
      const [{ writeRefusal }, { useColor }] = await Promise.all([
        import("./output/refusal"),
        import("./output/color"),
      ]);
      await writeRefusal(this.io, envelope, {
        color: useColor(this.io, { noColor: !this.flags.color }, "stderr"),
      });
    }
    return exitStatus(envelope);
  }

  /** A word to the person that is no part of the answer. */
  notice(text: string): void {
    if (!this.flags.quiet) void write(this.io.stderr, `${text}\n`).catch(() => {});
  }

  /** The envelope for anything thrown; a closed pipe is thrown on. */
  async refusal(error: unknown): Promise<Envelope> {
    if (error instanceof ClosedPipe) throw error;
    if (this.flags.verbose && error instanceof Error && !(error instanceof Refusal)) {
      this.notice(error.stack ?? error.message);
    }
    return this.refusalOf(await this.core?.catch(() => undefined), error);
  }

  async close(): Promise<void> {
    const hermes = await this.core?.catch(() => undefined);
    await hermes?.close();
  }

  private refusalOf(hermes: Hermes | undefined, error: unknown): Envelope {
    if (error instanceof Refusal) return refusalEnvelope(error);
    return hermes?.refusal(error) ?? refusalEnvelope(critical("bug", `A bug in Hermes: ${error}`));
  }

  private async openCore(): Promise<Hermes> {
    const config = await loadConfig(this.io.env, this.flags.config);
    return new Hermes(config, { notice: (text) => this.notice(text) });
  }
}
