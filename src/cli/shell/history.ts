import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { replaceFile } from "../../files/draft";
import { commandsOf, type Grammar, typedFlags } from "../grammar";

const MOST = 1_000;

/** Lines that were typed, the newest first; kept for its owner alone, and no secret is among them. */
export class History {
  readonly lines: string[];
  private readonly secrets: ReadonlySet<string>;
  private readonly known: ReadonlySet<string>;

  constructor(
    private readonly file: string,
    grammar: Grammar,
  ) {
    this.lines = read(file);
    const flags = [...grammar.flags, ...commandsOf(grammar).flatMap(typedFlags)];
    this.secrets = new Set(
      flags.filter(({ secret }) => secret).flatMap(({ name, spellings }) => [name, ...spellings]),
    );
    this.known = new Set(flags.flatMap(({ spellings }) => spellings));
  }

  /** Notes a line, unless a secret stands in it, or a flag that may be a slip of one. */
  async note(line: string, words: readonly string[]): Promise<void> {
    if (line === this.lines[0] || words.some((word) => this.mayHoldSecret(word))) return;
    this.lines.unshift(line);
    this.lines.splice(MOST);
    try {
      mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
      await replaceFile(this.file, `${this.lines.join("\n")}\n`);
    } catch {
      // What was typed is not worth a line's failure.
    }
  }

  private mayHoldSecret(word: string): boolean {
    const [name = ""] = word.split("=", 1);
    return this.secrets.has(name) || (name.startsWith("-") && !this.known.has(name));
  }
}

function read(file: string): string[] {
  try {
    return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  } catch {
    return [];
  }
}
