import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Envelope } from "../../src/model/envelope";
import type { NodeDeclaration } from "../../src/nodes/node";
import { findNode } from "../../src/nodes/registry";
import type { Params } from "../../src/params/param";
import { type Site, startSite } from "../support/site";
import { addAlice } from "./cases/people";
import { contract } from "./contract";

const HOSTILE: Readonly<Record<string, string>> = {
  quote: "o'brien",
  quotes: `"'\`´`,
  SQL: "x'; DROP TABLE users; -- ",
  "SQL in an address": "a'/**/OR/**/1=1--@example.org",
  percent: "%",
  underscore: "_____",
  backslash: "\\'",
  format: "%s%n{0}$x?",
  emoji: "😀",
  "emoji address": "😀@example.org",
  NUL: "a\0b",
  "line feed": "a\r\nInjected: yes",
  "escape sequence": "\x1b[2J",
  "lone surrogate": "\ud800",
  "65 characters": "u".repeat(65),
  "65 characters of address": `${"u".repeat(65)}@example.org`,
  "65 characters of domain": `u@${"d".repeat(61)}.org`,
  "10 kB": "x".repeat(10_000),
  "10 kB address": `${"x".repeat(10_000)}@example.org`,
  "many digits": `+47${"1".repeat(500)}`,
  "not a number": "NaN",
  infinity: "1e999",
};

/** Values that a command line can't give, but JSON can. */
const STRANGE: readonly unknown[] = [{}, [], [[]], { toString: "x" }, true, Number.NaN, -0.5];

/** Each parameter of each node gets each of these, the others something that is valid. */
describe.each(["embedded", "v7"] as const)("hostile input, %s", (shape) => {
  let site: Site;
  /** What the tables hold before each request. */
  let before: string;
  beforeAll(async () => {
    site = await startSite(shape);
    await restore();
  });
  afterAll(() => site.stop());

  it.each(Object.keys(contract))("%s", async (name) => {
    const node = findNode(name);
    if (node === undefined) throw new Error(`There is no ${name}`);
    for (const [key, param] of Object.entries(node.params as Params)) {
      for (const input of param.inputs(key)) {
        if (input.placeholder === undefined) continue;
        for (const [what, value] of Object.entries(HOSTILE)) {
          await attack(node, input.name, value, what);
        }
      }
    }
  });

  it.each(Object.keys(contract))("%s, by JSON", async (name) => {
    const node = findNode(name);
    if (node === undefined) throw new Error(`There is no ${name}`);
    for (const [key, param] of Object.entries(node.params as Params)) {
      for (const input of param.inputs(key)) {
        for (const value of STRANGE) {
          const answer = await site.call(name, { ...valid(node, input.name), [input.name]: value });
          if (answer.response === "ok") await restore();
          else expect(await site.snapshot()).toBe(before);
          expect([input.name, value, answer.response]).not.toEqual([input.name, value, "error"]);
        }
      }
    }
  });

  it("refuses what is no parameter at all", async () => {
    for (const name of ["__proto__", "constructor", "usr", "user'"]) {
      const given = JSON.parse(`{"user": "alice@example.org", ${JSON.stringify(name)}: "x"}`);
      expect(await site.call("user/get", given)).toMatchObject({
        response: "invalid",
        cause: "parameters",
      });
    }
    for (const name of ["constructor", "user/get'; --", "__proto__/get", "", "user/", "\0"]) {
      expect(await site.call(name)).toMatchObject({ response: "invalid", cause: "node" });
    }
  });

  async function attack(node: NodeDeclaration, name: string, value: string, what: string) {
    const answer = await site.call(node.name, { ...valid(node, name), [name]: value });
    const after = await site.snapshot();
    const seen = [node.name, name, what, answer] as const;
    expect(seen).not.toEqual([...seen.slice(0, 3), expect.objectContaining({ response: "error" })]);
    expectHarmless(answer, value);
    if (after === before) return;
    try {
      expect(seen).toEqual([...seen.slice(0, 3), expect.objectContaining({ response: "ok" })]);
      // Taken: then it stands there as it was given, to the last character; an address in two parts.
      const whole = (text: string) => after.includes(JSON.stringify(text).slice(1, -1));
      const [user = "", domain = ""] = value.split("@");
      const stands = whole(value) || whole(value.toLowerCase()) || (whole(user) && whole(domain));
      expect([...seen, stands]).toEqual([...seen, true]);
    } finally {
      await restore();
    }
  }

  /** Neither SQL nor all of what was given comes back in `detail`, and it stays one short line. */
  function expectHarmless({ detail = "" }: Envelope, value: string) {
    expect(detail.length).toBeLessThan(400);
    expect(detail).not.toMatch(/\b(insert into|delete from|update `|select \*)/i);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
    expect(detail).not.toMatch(/[\x00-\x1f]/);
    if (value.length > 100) expect(detail).not.toContain(value);
  }

  /** A request of the node that would be all right, without the address that is to be given in parts. */
  function valid(node: NodeDeclaration, attacked: string): Record<string, unknown> {
    const given: Record<string, unknown> = {};
    for (const [key, param] of Object.entries(node.params as Params)) {
      const inputs = param.inputs(key).map((input) => input.name);
      const [whole = key, ...parts] = inputs;
      if (parts.includes(attacked)) {
        for (const part of parts) given[part] = part.endsWith("domain") ? "example.org" : "alice";
      } else if (param.required && param.gather({}, key) === undefined) {
        given[whole] = param.example;
      }
    }
    return given;
  }

  async function restore() {
    await site.reset();
    await addAlice(site);
    await site.ok("numbers/add_range", { start: "+4712345000", end: "+4712345009" });
    before = await site.snapshot();
  }
});
