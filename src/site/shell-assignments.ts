/** The variables that a shell script of plain assignments (`kamctlrc`) leaves behind, on top of `before`. */
export function shellAssignments(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const variables: Record<string, string> = { ...before };
  for (const line of text.split(/\r?\n/)) {
    let rest = line;
    for (;;) {
      const start = /^[\s;]*(?:export\s+)?([A-Za-z_]\w*)=/.exec(rest);
      if (start === null) break;
      const { value, length } = word(rest.slice(start[0].length), variables);
      if (value !== undefined) variables[start[1] as string] = value;
      rest = rest.slice(start[0].length + length);
    }
  }
  return variables;
}

/** The shell word at the start of a text; it has no value where it would run a command. */
function word(text: string, variables: Readonly<Record<string, string>>) {
  let value = "";
  let commands = false;
  let index = 0;
  while (index < text.length) {
    const piece = PIECES.exec(text.slice(index));
    if (piece === null) break;
    const [whole, single, double, escaped, plain] = piece;
    if (single !== undefined) value += single;
    else if (double !== undefined) value += expand(double, variables, true);
    else if (escaped !== undefined) value += escaped;
    else value += expand(plain ?? "", variables, false);
    commands ||= single === undefined && /`|\$\(/.test(whole);
    index += whole.length;
  }
  return { value: commands ? undefined : value, length: index };
}

/** 'single', "double", \x, or characters that end no word. */
const PIECES = /^(?:'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s;'"\\&|]+))/;

function expand(
  text: string,
  variables: Readonly<Record<string, string>>,
  quoted: boolean,
): string {
  const pattern = /\\([$`"\\])|\$(?:(\w+)|\{(\w+)(?::?-([^}]*))?\})/g;
  return text.replace(pattern, (whole, escaped, bare, braced, fallback = "") => {
    if (escaped !== undefined) return quoted ? escaped : whole;
    return variables[bare ?? braced] || fallback;
  });
}
