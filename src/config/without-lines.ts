/**
 * The text without the lines of a key of that name, in every way that it can be meant: the reader
 * of TOML tells which is right. A remark above the key stays, for it may be about more than that.
 */
export function* withoutLines(text: string, name: string): Generator<string> {
  const lines = text.split("\n");
  const begins = new RegExp(`^\\s*(?:[^=#]*\\.\\s*)?["']?${name}["']?\\s*=`);
  for (const [from, line] of lines.entries()) {
    if (!begins.test(line)) continue;
    for (let to = from + 1; to <= lines.length; to += 1) {
      // Of two empty lines that come together one is enough.
      const rest = isEmpty(lines[from - 1]) && isEmpty(lines[to]) ? to + 1 : to;
      yield [...lines.slice(0, from), ...lines.slice(rest)].join("\n");
    }
  }
}

const isEmpty = (line = "") => line.trim() === "";
