import { describe, expect, it } from "vitest";
import { answerSchema } from "../../src/answers/schema";
import { findNode, nodes } from "../../src/nodes/registry";
import { asDeclared } from "../support/declared";

const schemaOf = (name: string) => {
  const node = findNode(name);
  if (node === undefined) throw new Error(name);
  return answerSchema(node);
};

describe("a node's JSON Schema", () => {
  it("says what an answer has and what kind it is", () => {
    expect(schemaOf("user/location")).toMatchObject({
      title: "user/location",
      oneOf: [
        {
          properties: {
            response: { enum: ["ok", "pong"] },
            locations: {
              type: "array",
              items: {
                type: "object",
                properties: {
                  contact: { type: "string" },
                  useragent: { type: "string" },
                  expires: { type: "integer", description: "unix seconds" },
                },
                required: ["contact", "useragent", "expires"],
              },
            },
          },
          required: ["response", "locations"],
        },
        { required: ["response", "cause", "detail"] },
      ],
    });
  });

  it("tells what may be null and what may be left out", () => {
    const user = { type: "local", username: "a", password: null, domain: "b.org" };
    const phone = ["authid", "registrar", "r_port", "proxy", "p_port", "dialplan"];
    const rest = Object.fromEntries(
      [...phone, "displayname", "linetext"].map((name) => [name, null]),
    );
    const whole = { response: "ok", user: { ...user, ...rest } } as const;
    expect(asDeclared("user/get", whole)).toBe(whole);
    const kinds = { ...whole, user: { ...whole.user, type: "other" } };
    expect(() => asDeclared("user/get", kinds)).toThrow("user/type");
    expect(() => asDeclared("user/get", { response: "ok", user })).toThrow("authid");
    expect(() => asDeclared("user/get", { ...whole, more: 1 })).toThrow("additional");
    expect(() => asDeclared("user/get", { response: "failed", cause: "x" })).toThrow("detail");
  });

  it.each(nodes.map(({ name }) => name))("of %s is one", (name) => {
    const refusal = { response: "failed", cause: "nonexistant", detail: "No." } as const;
    expect(asDeclared(name, refusal)).toBe(refusal);
  });
});
