/**
 * Parts of Node that take milliseconds to load and that most runs of Hermes never touch: they are
 * required where they are used, not where the file begins.
 */
const SLOW =
  "child_process|crypto|dns|http|https|net|readline|stream|tls|zlib|url|util|stream/promises|timers/promises|fs/promises|string_decoder|os|process|tty|diagnostics_channel|async_hooks|perf_hooks";

const DECLARATION = new RegExp(
  String.raw`^(?:const|let|var) (\w+) = require\((["'](?:node:)?(?:${SLOW})["'])\);$`,
  "gm",
);

/** @param {string} code @returns {string} */
export function lazyBuiltins(code) {
  let result = code;
  for (const [declaration, name, id] of code.matchAll(DECLARATION)) {
    const rest = result.replace(declaration, "");
    const uses = rest.match(new RegExp(String.raw`(?<![\w$])${name}(?![\w$])`, "g")) ?? [];
    const member = new RegExp(String.raw`(?<![\w$.])${name}(?=\.[A-Za-z_])`, "g");
    const members = rest.match(member) ?? [];
    if (uses.length === members.length) result = rest.replace(member, `require(${id})`);
  }
  return result;
}
