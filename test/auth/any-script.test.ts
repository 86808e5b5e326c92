import { describe, expect, it } from "vitest";
import { failed } from "../support/answers";
import { type Shape, useSite } from "../support/site";

describe.each<Shape>(["embedded", "v7"])("names of any script on %s", (shape) => {
  const site = useSite(shape);

  it.each(["зоя", "日本", "ＢＯＢ", "bób"])("an operator %s who is nobody", async (username) => {
    expect(await site().call("auth/get_user", { username })).toEqual(failed("nonexistant"));
    expect(await site().call("auth/remove_user", { username })).toEqual(failed("nonexistant"));
  });

  it.each(["зоя", "日本", "ключ"])("a key %s that is none", async (api_key) => {
    expect(await site().call("auth/remove_apikey", { api_key })).toEqual(failed("nonexistant"));
  });

  it("an operator is found by its name, letter by letter", async () => {
    await site().ok("auth/add_user", { username: "Zoë", generate: true });
    expect(await site().ok("auth/get_user", { username: "Zoë" })).toMatchObject({
      user: { username: "Zoë" },
    });
    expect(await site().call("auth/get_user", { username: "zoë" })).toEqual(failed("nonexistant"));
  });
});
