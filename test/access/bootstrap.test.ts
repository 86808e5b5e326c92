import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failed, invalid } from "../support/answers";
import { type Guarded, guard, PASSWORD } from "../support/operators";
import { type Shape, useSite } from "../support/site";

describe.each<Shape>(["embedded", "v7"])("the first operator, %s", (shape) => {
  const site = useSite(shape);
  let folder: string;
  let file: string;
  let guarded: Guarded;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hermes-bootstrap-"));
    file = join(folder, "config.toml");
    await writeFile(file, "");
    guarded = guard(site(), file);
  });
  afterEach(async () => {
    await guarded.hermes.close();
    await rm(folder, { recursive: true });
  });
  const add = (params: object = {}) =>
    guarded.call(undefined, "auth/add_user", { username: "boss", password: PASSWORD, ...params });

  it("is added without a session, once, and may write", async () => {
    expect(await add()).toMatchObject({ response: "ok", user: { access: "read_write" } });
    expect(await add({ username: "second" })).toEqual(failed("unauthorized"));
    const boss = await guarded.login({ username: "boss", password: PASSWORD });
    expect(
      await guarded.call(boss, "auth/add_user", { username: "second", password: PASSWORD }),
    ).toMatchObject({ response: "ok", user: { access: "limited_read" } });
  });

  it("is one, even where many try at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => add({ username: `boss${index}` })),
    );
    expect(answers.filter(({ response }) => response === "ok")).toHaveLength(1);
    expect(await site().sql("SELECT * FROM {operators}")).toHaveLength(1);
  });

  it("must be one who can add others", async () => {
    for (const params of [{ lite: true }, { disabled: true }, { access: "full_read" }]) {
      expect(await add(params)).toEqual(invalid("parameters", "first"));
    }
    expect(await site().sql("SELECT * FROM {operators}")).toEqual([]);
  });

  it("needs a session for anything else", async () => {
    expect(await guarded.call(undefined, "user/list")).toEqual(failed("unauthorized"));
    expect(
      await guarded.call(undefined, "auth/new_apikey", { host_ip: "::1", access: "read_write" }),
    ).toEqual(failed("unauthorized"));
  });

  it("is added by nobody but the configuration's owner", async () => {
    const nobodys = guard(site());
    expect(
      await nobodys.call(undefined, "auth/add_user", { username: "x", password: PASSWORD }),
    ).toEqual(failed("unauthorized"));
    await nobodys.hermes.close();
    // Only root can give a file away.
    if (process.getuid?.() !== 0) return;
    await chown(file, 65534, 65534);
    expect(await add()).toEqual(failed("unauthorized"));
  });
});
