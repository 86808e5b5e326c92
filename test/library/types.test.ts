import { describe, expect, expectTypeOf, it } from "vitest";
import * as answer from "../../src/answers";
import { type Answer, type NodeName, succeeded } from "../../src/index";
import { node } from "../../src/nodes/node";
import { needs } from "../../src/params/relations";
import { useSite } from "../support/site";

describe("a node's answer has a type", () => {
  const site = useSite("embedded");

  it("of its fields", () => {
    expectTypeOf<Answer<"user/get">["user"]["type"]>().toEqualTypeOf<"local" | "remote">();
    expectTypeOf<Answer<"user/get">["user"]["password"]>().toEqualTypeOf<string | null>();
    expectTypeOf<Answer<"user/get">["user"]["ha1"]>().toEqualTypeOf<string | null | undefined>();
    expectTypeOf<Answer<"phone/list">["list"]>().toEqualTypeOf<string[]>();
    expectTypeOf<string>().toExtend<Answer<"numbers/list">["list"][number]>();
    expectTypeOf<Answer<"alias/list">["aliases"][number]["alias"]>().toEqualTypeOf<string>();
    expectTypeOf<Answer<"permission/get">["permission"]>().toEqualTypeOf<number>();
    expectTypeOf<"user/got">().not.toExtend<NodeName>();
  });

  it("that a call of the library has", async () => {
    const { hermes } = site();
    const answered = await hermes.call("domain/list");
    expect(succeeded(answered) && answered.list).toContain("example.org");
    if (succeeded(answered)) expectTypeOf(answered.list).toEqualTypeOf<string[]>();
    else expectTypeOf(answered.detail).toEqualTypeOf<string>();
  });

  it("and a body that answers anything else does not compile", () => {
    const declaration = { summary: "", access: "none", params: {} } as const;
    const examples = [{ command: "" }] as const;
    const answers = { count: answer.count(), name: answer.optional(answer.text()) };
    node({ ...declaration, name: "a/b", answers, examples, run: async () => ({ count: 1 }) });
    // @ts-expect-error: a text is no number
    node({ ...declaration, name: "a/b", answers, examples, run: async () => ({ count: "1" }) });
    // @ts-expect-error: it is not optional
    node({ ...declaration, name: "a/b", answers, examples, run: async () => ({ name: "x" }) });
    const relations = [needs("x", "y")];
    const body = { answers, examples, run: async () => ({ count: 1 }) };
    // @ts-expect-error: there are no such parameters
    node({ ...declaration, ...body, name: "a/b", relations });
  });
});
