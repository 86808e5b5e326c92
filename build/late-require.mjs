/**
 * What takes a millisecond or more to load and that many runs never touch. It is required where it
 * is used, not where the file begins.
 */
const SLOW = [
  // Parts of Node.
  ...[
    "child_process",
    "crypto",
    "diagnostics_channel",
    "dns",
    "fs/promises",
    "http",
    "https",
    "net",
  ],
  ...["os", "perf_hooks", "readline", "stream", "stream/promises", "string_decoder"],
  ...["timers/promises", "tls", "tty", "url", "util", "zlib"],
  // Parts of mysql2: texts in old encodings, numbers beyond 2^53, four thousand error names.
  ...["iconv-lite", "long", "../constants/errors.js"],
];

const DECLARATION = new RegExp(
  String.raw`^(?:const|let|var) (\w+) = require\((["'])(?:node:)?(?:${SLOW.join("|").replaceAll(".", String.raw`\.`)})\2\);$`,
  "gm",
);

const COMMENT = /^\s*\/\/.*$|(?<=;\s*)\/\/.*$/gm;

/**
 * Turns `const tls = require("tls"); … tls.connect()` into `let tls; … (tls ??= require("tls")).connect()`,
 * where the module is used in no other way than `tls.x`, `tls[x]` and `new tls(…)`.
 * @param {string} code a CommonJS module
 */
export function requireLate(code) {
  let result = code;
  for (const [declaration, name = ""] of code.matchAll(DECLARATION)) {
    const call = `(${name} ??= ${declaration.slice(declaration.indexOf("require("), -1)})`;
    // Nameless until all that is left of the name has been looked for.
    const rest = result.replace(declaration, "let ;");
    const changed = rest
      .replace(new RegExp(String.raw`\bnew ${name}(?=\()`, "g"), `new ${call}`)
      .replace(new RegExp(String.raw`\bnew ${name}\.(\w+)(?=\()`, "g"), `new (${call}.$1)`)
      .replace(new RegExp(String.raw`(?<![\w$.])${name}(?=\.[A-Za-z_]|\[)`, "g"), call);
    const leftOver = changed.replaceAll(call, "").replace(COMMENT, "");
    if (!new RegExp(String.raw`(?<![\w$.])${name}(?![\w$])`).test(leftOver)) {
      result = changed.replace("let ;", `let ${name};`);
    }
  }
  return result;
}
