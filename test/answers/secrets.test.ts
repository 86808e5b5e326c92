import { describe, expect, it } from "vitest";
import { shown, withoutSecrets } from "../../src/access/shown";
import * as answer from "../../src/answers";
import { Rows } from "../../src/model/rows";

const KEY = "s3cret";
const key = answer.secret();
const limited = { name: "reader", access: "limited_read" } as const;
const full = { name: "reader", access: "full_read" } as const;

describe("limited_read sees null in the place of a secret", () => {
  it.each([
    ["a field", { key }, { key: KEY }, { key: null }],
    [
      "what this call has made",
      { key: answer.secret({ fresh: true }) },
      { key: KEY },
      { key: KEY },
    ],
    ["a text with secrets in it", { content: key }, { content: `a=${KEY}` }, { content: null }],
    [
      "a record in a list",
      { list: answer.rows(answer.record({ key, id: answer.text() })) },
      { list: [{ key: KEY, id: "1" }] },
      { list: [{ key: null, id: "1" }] },
    ],
    ["a list", { list: answer.list(key) }, { list: [KEY, null] }, { list: [null, null] }],
    [
      "a record by a site's own names",
      { keys: answer.map(answer.record({ key })) },
      { keys: { password: { key: KEY }, __proto__x: { key: KEY } } },
      { keys: { password: { key: null }, __proto__x: { key: null } } },
    ],
    [
      "what nobody has declared",
      { user: answer.record({ name: answer.text() }) },
      { user: { name: "bob", more: KEY }, other: [KEY] },
      { user: { name: "bob", more: null }, other: null },
    ],
    [
      "another kind of value than was declared",
      { name: answer.record({}), list: answer.rows(answer.record({ key })) },
      { name: KEY, list: [KEY] },
      { name: null, list: [null] },
    ],
    ["the envelope's own fields stay", {}, { response: "pong" }, { response: "pong" }],
  ])("%s", (_, answers, fields, expected) => {
    expect(withoutSecrets(limited, answers, fields)).toEqual(expected);
    expect(withoutSecrets(full, answers, fields)).toBe(fields);
  });

  it("rows of any number", async () => {
    const answers = { list: answer.rows(answer.record({ key })) };
    const list = new Rows(
      (async function* () {
        yield [{ key: KEY }];
        yield [{ key: KEY }];
      })(),
    );
    const { list: masked } = await shown(limited, { answers }, { list });
    expect(await (masked as Rows<unknown>).toArray()).toEqual([{ key: null }, { key: null }]);
  });
});
