/** A command of a document: what is typed, and what is to be seen then. */
export interface Step {
  readonly command: string;
  readonly output: readonly string[];
}

/** What stands in a document's fences of a language. */
export function blocksOf(markdown: string, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms");
  return [...markdown.matchAll(fence)].map(([, inside = ""]) => inside);
}

/** Blocks that are set in by four spaces. */
export function indentedBlocks(markdown: string): string[] {
  const unfenced = markdown.replace(/^```.*?^```/gms, "");
  return [...unfenced.matchAll(/(?:^ {4}.*\n?)+/gm)].map(([block]) => block.replace(/^ {4}/gm, ""));
}

/** A session: what stands behind `$ ` is typed, what follows is its output. */
export function stepsOf(session: string): Step[] {
  const [, ...parts] = session.replace(/ \\\n\s+/g, " ").split(/^\$ /m);
  return parts.map((part) => {
    const [command = "", ...output] = part.trimEnd().split("\n");
    return { command, output };
  });
}

/** A pattern for output: `…` stands for any text, and alone on a line for any lines. */
export function pattern(output: readonly string[]): RegExp {
  const lines = output.map((line) =>
    line === "…" ? "(?:.*\n)*?" : `${line.split("…").map(escaped).join(".*")}\n`,
  );
  return new RegExp(`^${lines.join("")}$`);
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** Commands of Hermes in a script, from `hermes` up to where the shell takes over; `families` are what they begin with. */
export function commandsIn(script: string, families: readonly string[]): string[] {
  const joined = script.replace(/ \\\n\s*/g, " ").replace(/\s2>/g, " >");
  const known = new RegExp(
    `\\bhermes (?=(?:--?[a-z-]+ )*(?:${families.join("|")})\\b)(?:'[^']*'|"[^"]*"|[^'"\`|<>);&#[\n])*`,
    "g",
  );
  return [...joined.matchAll(known)].map(([command]) => command.trim());
}

/** The words of a command behind `hermes`, up to where the shell takes over; quotes taken off. */
export function wordsOf(command: string): string[] {
  const [, line = ""] =
    /(?:^|\| |\(|sudo -u \S+ )hermes ((?:'[^']*'|[^'|<>)])*)/.exec(command) ?? [];
  return (line.match(/('[^']*'|\S)+/g) ?? []).map((word) => word.replaceAll("'", ""));
}
