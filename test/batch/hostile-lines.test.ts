import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { invalid } from "../support/answers";
import { bareEnvironment, hermesBin, runHermes } from "../support/hermes-process";
import { useSite } from "../support/site";

const site = useSite("embedded");

const request = (number: string, more = "") =>
  `{"node":"numbers/add","params":{"number":"${number}"}${more}}`;

/** Runs a batch, and answers what became of each line. */
async function batch(...lines: (string | Buffer)[]) {
  const bytes = Buffer.concat(
    lines.flatMap((line) => [Buffer.from(line as string), Buffer.from("\n")]),
  );
  const { stdout } = await runHermes(["batch"], { env: site().env, stdin: bytes });
  return stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

test.each([
  ["without end", `{"id":"${"x".repeat(5_000_000)}"}`, /^Line 2 is longer than 100000 bytes/],
  [
    "with an id nested 40,000 deep",
    request("+4712345009", `,"id":${deep(40_000)}`),
    /^Line 2 is nested more than 20/,
  ],
  [
    "with a value nested deep",
    `{"node":"numbers/add","params":{"number":${deep(18)}}}`,
    /^number \[…\] must be text/,
  ],
  ["of latin1", Buffer.from(request("+47å"), "latin1"), /^Line 2 is not UTF-8/],
  [
    "with a number that would be rounded",
    '{"node":"numbers/add","params":{"number":4712345678901234567890}}',
    /^Line 2 has the number 47123/,
  ],
  [
    "with an id that would be rounded",
    request("+4712345009", ',"id":12345678901234567890'),
    /^Line 2 has the number 1234/,
  ],
  [
    "with a node's name of 90,000 characters",
    `{"node":"${"n".repeat(90_000)}"}`,
    /^There is no node "n{59}…"\.$/,
  ],
  [
    "with a parameter's name of 90,000 characters",
    `{"node":"numbers/add","params":{"${"n".repeat(90_000)}":1}}`,
    /^Unknown parameter "n{59}…"\.$/,
  ],
])("a line %s is refused on its own", async (_, line, detail) => {
  const answers = await batch(request("+4712345000"), line, request("+4712345001", ',"id":7'));
  expect(answers).toEqual([
    { line: 1, response: expect.objectContaining({ response: "ok" }) },
    {
      line: 2,
      response: expect.objectContaining({
        response: expect.stringMatching(/^(invalid|failed)$/),
        detail: expect.stringMatching(detail),
      }),
    },
    { line: 3, id: 7, response: expect.objectContaining({ response: "ok" }) },
  ]);
  expect(await site().sql("SELECT COUNT(*) AS count FROM {numbers}")).toEqual([{ count: 2 }]);
});

test("a password that is a long number is refused, not rounded", async () => {
  await site().ok("user/add_local", { user: "a@example.org", displayname: "A", email: "a@b.org" });
  const before = await site().snapshot();
  const line =
    '{"node":"user/change_pw","params":{"user":"a@example.org","password":12345678901234567890}}';
  expect(await batch(line)).toEqual([
    { line: 1, response: invalid("parameters", /12345678901234567890.*quote it/) },
  ]);
  // A library's caller has rounded it already.
  const given = { user: "a@example.org", password: 2 ** 70 };
  expect(await site().call("user/change_pw", given)).toEqual(
    invalid("parameters", /give it as text/),
  );
  expect(await site().snapshot()).toBe(before);
});

test("--stop-on-failure does not wait for what it will not read", async () => {
  const child = spawn(process.execPath, [hermesBin, "batch", "--stop-on-failure"], {
    env: bareEnvironment(site().env),
  });
  child.stdin.write("nonsense\n");
  const [stdout, [status]] = await Promise.all([text(child.stdout), once(child, "close")]);
  expect([status, stdout]).toEqual([2, expect.stringContaining("is no JSON")]);
});

test("a value of any depth is a wrong value, not a bug", async () => {
  let value: unknown = "x";
  for (let depth = 0; depth < 100_000; depth++) value = [value];
  expect(await site().call("user/get", { user: value })).toEqual({
    ...invalid("", "user"),
    response: "failed",
    cause: "invalid",
  });
});
