import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exampleSection } from "../classes/settings";
import { refused } from "../support/answers";
import { runHermes, runJson } from "../support/hermes-process";
import { temporaryHome } from "../support/temporary-home";

const example = readFileSync(
  new URL("../../examples/kamailio/classes.cfg", import.meta.url),
  "utf8",
);

describe("kamailio classes", () => {
  it("prints the route that the example includes, by the configuration's rules", async () => {
    const home = await temporaryHome();
    const env = { ...home.env, HERMES_CONFIG: join(home.folder, "config.toml") };
    for (const [key, value] of Object.entries(exampleSection)) {
      await runHermes(["config", "set", `classes.${key}`, String(value)], { env });
    }
    expect(await runHermes(["kamailio", "classes"], { env })).toEqual({
      ...{ status: 0, stdout: example, stderr: "" },
    });
    const { envelope } = await runJson(["kamailio", "classes"], { env });
    expect(envelope).toEqual({ response: "ok", content: example });
    await home.remove();
  });

  it("a country that is none is the configuration's fault", async () => {
    const home = await temporaryHome();
    const file = join(home.folder, "config.toml");
    writeFileSync(file, '[classes]\ncountry = "XX"\n');
    const { env } = home;
    const { envelope } = await runJson(["kamailio", "classes", "--config", file], { env });
    expect(envelope).toEqual(refused("error", "config", "XX"));
    await home.remove();
  });
});
