import { describe, expect, test } from "vitest";
import { runHermes } from "../support/hermes-process";
import { DOMAIN, type Shape, type Site, useSite } from "../support/site";

const alice = `alice@${DOMAIN}`;
const addAlice = {
  node: "user/add_local",
  params: { user: alice, displayname: "Alice", email: "a@example.org" },
};
const addNumber = (number: string, id?: unknown) => ({
  node: "numbers/add",
  params: { number },
  ...(id === undefined ? {} : { id }),
});

const hermes = ({ env }: Site, args: string[], { input = "" } = {}) =>
  runHermes(args, { env, stdin: input });

interface Answer {
  line: number;
  id?: unknown;
  response: { response: string; cause?: string; detail?: string } & Record<string, unknown>;
}

const lines = (...requests: unknown[]) =>
  requests
    .map((request) => (typeof request === "string" ? request : JSON.stringify(request)))
    .join("\n");

const answers = (stdout: string): Answer[] =>
  stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe("a long batch", () => {
  const site = useSite("embedded");

  test("has more answers than a function takes arguments", async () => {
    const input = '{"node":"no/such"}\n'.repeat(130_000);
    const run = await hermes(site(), ["batch", "--atomic"], { input });
    expect(run).toMatchObject({ status: 2, stderr: "" });
    expect(answers(run.stdout)).toHaveLength(130_000);
  });
});

describe.each<Shape>(["embedded", "v7"])("batch on %s", (shape) => {
  const site = useSite(shape);
  const batch = (input: string, ...flags: string[]) =>
    hermes(site(), ["batch", ...flags], { input });
  const pool = () => site().sql<{ number: string }>("SELECT number FROM {numbers} ORDER BY number");

  test("answers every line in order, by line number and id", async () => {
    const run = await batch(
      lines(addAlice, { node: "user/get", params: { user: alice }, id: "x" }),
    );
    expect(run.status).toBe(0);
    const [first, second] = answers(run.stdout);
    expect(first).toMatchObject({ line: 1, response: { response: "ok", user: { type: "local" } } });
    expect(first).not.toHaveProperty("id");
    expect(second).toMatchObject({ line: 2, id: "x", response: { user: { username: "alice" } } });
  });

  test("a refused line costs only itself, and the exit status is the worst", async () => {
    const run = await batch(
      lines(addNumber("+4712345000"), addNumber("+4712345000"), addNumber("+4712345001")),
    );
    expect(run.status).toBe(1);
    expect(answers(run.stdout).map(({ response }) => response.cause ?? "ok")).toEqual([
      "ok",
      "exists",
      "ok",
    ]);
    expect(await pool()).toEqual([{ number: "+4712345000" }, { number: "+4712345001" }]);
  });

  test("what is no request is answered invalid with its line number", async () => {
    const run = await batch(
      lines("garbage", "[]", { params: {} }, { node: "no/node" }, "", addNumber("+4712345000")),
    );
    expect(run.status).toBe(2);
    const all = answers(run.stdout);
    expect(all.map(({ line }) => line)).toEqual([1, 2, 3, 4, 6]);
    expect(all.map(({ response }) => response.response)).toEqual([
      ...["invalid", "invalid", "invalid", "invalid", "ok"],
    ]);
    expect(all[0]?.response.detail).toContain("Line 1");
  });

  test("a line that the database refuses in mid-write leaves nothing of itself", async () => {
    await site().refuse("INSERT", "users");
    const run = await batch(lines(addAlice, addNumber("+4712345000")));
    expect(answers(run.stdout).map(({ response }) => response.cause ?? "ok")).toEqual([
      "dbfail",
      "ok",
    ]);
    expect(await site().sql("SELECT * FROM {subscriber}")).toEqual([]);
  });

  test("--atomic does all or nothing", async () => {
    const run = await batch(
      lines(addNumber("+4712345000"), addNumber("+47"), addNumber("+4712345001")),
      "--atomic",
    );
    expect(run.status).toBe(1);
    expect(answers(run.stdout).map(({ response }) => response.cause)).toEqual([
      "rolledback",
      "rejected",
      "rolledback",
    ]);
    expect(await pool()).toEqual([]);
    expect((await batch(lines(addNumber("+4712345000")), "--atomic")).status).toBe(0);
    expect(await pool()).toHaveLength(1);
  });

  test("--stop-on-failure leaves off at the first refusal and keeps what was done", async () => {
    const run = await batch(
      lines(addNumber("+4712345000"), addNumber("+47"), addNumber("+4712345001")),
      "--stop-on-failure",
    );
    expect(answers(run.stdout)).toHaveLength(2);
    expect(await pool()).toEqual([{ number: "+4712345000" }]);
  });

  test("--dry-run says what it would come to and does nothing", async () => {
    const before = await site().snapshot();
    const run = await batch(lines(addAlice), "--dry-run");
    expect(answers(run.stdout)[0]?.response).toMatchObject({ response: "ok", dry_run: true });
    expect(await site().snapshot()).toBe(before);
  });

  test("a thousand lines are a few transactions, and all there", async () => {
    const many = Array.from({ length: 1000 }, (_, n) => addNumber(`+4712345${100 + n}`, n));
    const run = await batch(lines(...many));
    expect(run.status).toBe(0);
    expect(answers(run.stdout).map(({ id }) => id)).toEqual(many.map(({ id }) => id));
    expect(await pool()).toHaveLength(1000);
  });
});

describe("call", () => {
  const site = useSite("embedded");

  test("takes API names and API parameters as words", async () => {
    await site().ok(addAlice.node, addAlice.params);
    const run = await hermes(site(), ["call", "user/get", `user=${alice}`, "--json"]);
    expect(JSON.parse(run.stdout)).toMatchObject({ response: "ok", user: { username: "alice" } });
  });

  test("takes parameters as a JSON object; words go before it", async () => {
    const run = await hermes(
      site(),
      ["call", "numbers/add", "number=+4712345001", "--params-json", "-", "--json"],
      { input: '{"number":"+4712345000"}' },
    );
    expect(JSON.parse(run.stdout)).toMatchObject({ number: "+4712345001" });
  });

  test("an unknown node is invalid and names its neighbour", async () => {
    const run = await hermes(site(), ["call", "user/gte", "--json"]);
    expect(run.status).toBe(2);
    expect(JSON.parse(run.stdout)).toMatchObject({ response: "invalid", cause: "node" });
    expect(JSON.parse(run.stdout).detail).toContain("user/get");
  });
});

describe("--dry-run and --output", () => {
  const site = useSite("embedded");

  test("a write is tried, answered and undone", async () => {
    await site().ok(addAlice.node, addAlice.params);
    const before = await site().snapshot();
    const run = await hermes(site(), ["user", "remove", alice, "--dry-run", "--json"]);
    expect(JSON.parse(run.stdout)).toEqual({
      response: "ok",
      user: alice,
      removed: { aliases: [], phones: [], numbers: [] },
      dry_run: true,
    });
    expect(await site().snapshot()).toBe(before);
  });

  test("a refusal is the same as without it", async () => {
    const run = await hermes(site(), ["user", "remove", alice, "--dry-run", "--json"]);
    expect(JSON.parse(run.stdout)).toMatchObject({ response: "failed", cause: "nonexistant" });
  });

  test.each([
    ["ndjson", `{"user":"${alice}","displayname":"Alice"}\n`],
    ["csv", `user,displayname\n${alice},Alice\n`],
    ["json", `{"response":"ok","list":[{"user":"${alice}","displayname":"Alice"}]}\n`],
  ])("a list as %s", async (format, expected) => {
    await site().ok(addAlice.node, addAlice.params);
    const run = await hermes(site(), ["user", "list", "--output", format]);
    expect(run.stdout).toBe(expected);
  });

  test("a list as a table has a header even in a pipe", async () => {
    await site().ok(addAlice.node, addAlice.params);
    const run = await hermes(site(), ["user", "list", "--output", "table"]);
    expect(run.stdout).toMatch(/user +display name/i);
  });
});
