import fc from "fast-check";
import type { NodeDeclaration } from "../../src/nodes/node";
import { nodes } from "../../src/nodes/registry";
import type { Param, Params } from "../../src/params/param";

/** What SQL, CSV, JSON, terminals, templates and SIP take for their own. */
const PIECES = [
  ...["'", '"', "`", "\\", "\\'", "''", ";", "--", "/*", "%", "_", "*", "?", "%s", "$(x)", "{{x}}"],
  ...["\t", "\r", "\n", "\0", "\x1b[2J", "\u0085", "\u202e", "\ufeff", "\ud83d", "\u0301", "😀"],
  ...["<", ">", "&amp;", "=1+1", "@", "sip:", "+47", "NULL", "x'; DROP TABLE users; -- "],
];

/** Text that nobody expects, of any script and some lengths. */
export const strangeText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 }).map((some) => some.join("")),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(25, 64, 65, 128, 255, 256, 5_000).map((length) => "ü".repeat(length)),
);

const strangeValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: strangeText },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

// Few names, so that requests meet each other.
const addresses = ["alice@example.org", "bob@example.org", "Carol@EXAMPLE.org", "dave@away.test"];
const USUAL: Readonly<Record<string, readonly unknown[]>> = {
  user: addresses,
  to: addresses,
  destination: addresses,
  extension: addresses,
  alias: ["4224@example.org", "+4712345001@example.org", "alice@example.org"],
  number: ["+4712345001", "+47 12 34 50 02", "+4712345999"],
  start: ["+4712345000"],
  end: ["+4712345009", "+4712345019"],
  mac: ["f00ba2ba5c00", "F0:0B:A2:BA:5C:01"],
  domain: ["example.org", "bare.example.org", "away.test"],
  registrar: ["sip.example.org"],
  r_port: [5060, "5061"],
  permission: [0, 7, 255],
  username: ["olga", "otto"],
  limit: [1, 5],
};

/** A text with one character more, less or other than it should have. */
const mangled = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(text.length), fc.constantFrom("", ...PIECES), fc.boolean())
    .map(([at, piece, over]) => text.slice(0, at) + piece + text.slice(at + (over ? 1 : 0)));

function valueFor(name: string, param: Param<unknown>): fc.Arbitrary<unknown> {
  const usual = USUAL[name] ?? [param.example];
  const arbitraries = [
    { weight: 16, arbitrary: fc.constantFrom(...usual) },
    { weight: 2, arbitrary: strangeValue },
  ];
  // The ends of a range stay near each other: a slip of a digit is a million numbers.
  if (name === "start" || name === "end") return fc.oneof(...arbitraries);
  const slips = fc.constantFrom(...usual).chain((value) => mangled(String(value)));
  return fc.oneof(...arbitraries, { weight: 2, arbitrary: slips });
}

/** A request of a node: mostly what it takes, with something strange in it now and then. */
function paramsOf({ params }: NodeDeclaration): fc.Arbitrary<Record<string, unknown>> {
  const model: Record<string, fc.Arbitrary<unknown>> = {};
  const required: string[] = [];
  for (const [key, param] of Object.entries(params as Params)) {
    // What a path leads to is tested where files are.
    if (param.path !== undefined) continue;
    const [whole] = param.inputs(key);
    if (whole === undefined) continue;
    model[whole.name] =
      whole.placeholder === undefined
        ? fc.constantFrom(true, true, "true", "x")
        : valueFor(key, param);
    if (param.required) required.push(whole.name);
  }
  return fc.record(model, { requiredKeys: required });
}

// A password's hash takes a tenth of a second: these are asked for by other tests.
const SLOW = new Set(["auth/login", "auth/add_user", "auth/update_user", "auth/change_password"]);
const quick = nodes.filter(({ name }) => !SLOW.has(name));

export interface Request {
  readonly node: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A request of any node. */
export const request: fc.Arbitrary<Request> = fc
  .constantFrom(...quick)
  .chain((node) => paramsOf(node).map((params) => ({ node: node.name, params })));

/** A line as somebody may send it to a batch: a request, or one that was cut, or has a byte too many. */
export const line: fc.Arbitrary<string> = request.chain((asked) => {
  const text = JSON.stringify(asked);
  return fc.oneof(
    { weight: 9, arbitrary: fc.constant(text) },
    { weight: 1, arbitrary: mangled(text).map((cut) => cut.replace(/[\r\n]/g, " ")) },
  );
});

/** A row of a file to import, with some strange cells. */
export const rowOf = (columns: readonly string[]): fc.Arbitrary<Record<string, string>> =>
  fc.record(
    Object.fromEntries(
      columns.map((column) => [
        column,
        fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom(...cellsOf(column)) },
          { weight: 1, arbitrary: strangeText },
        ),
      ]),
    ),
  );

const cellsOf = (column: string): readonly string[] =>
  (USUAL[column] ?? CELLS[column] ?? [""]).map(String);

const CELLS: Readonly<Record<string, readonly string[]>> = {
  displayname: ["Alice", "Bjørn Æ. Ø"],
  email: ["a@mail.test", ""],
  password: ["s3cret", "12345"],
  linetext: ["", "Reception"],
  dialplan: ["", "[0-9]x."],
};
