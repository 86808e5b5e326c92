import { describe, expect, it } from "vitest";
import { paint, useColor } from "../../../src/cli/output/color";
import { fakeIo } from "./fake-io";

describe("useColor", () => {
  it.each<[string, boolean, Record<string, string>, boolean, boolean]>([
    ["a terminal", true, {}, false, true],
    ["a pipe", false, {}, false, false],
    ["--no-color", true, { FORCE_COLOR: "1" }, true, false],
    ["NO_COLOR", true, { NO_COLOR: "1", FORCE_COLOR: "1" }, false, false],
    ["an empty NO_COLOR", true, { NO_COLOR: "" }, false, true],
    ["TERM=dumb", true, { TERM: "dumb" }, false, false],
    ["FORCE_COLOR in a pipe", false, { FORCE_COLOR: "1" }, false, true],
    ["FORCE_COLOR=0", true, { FORCE_COLOR: "0" }, false, false],
  ])("%s", (_, terminal, env, noColor, expected) => {
    expect(useColor(fakeIo({ terminal, env }), { noColor })).toBe(expected);
  });

  it("looks at the stream that is written to", () => {
    const io = { ...fakeIo(), isTerminal: { stdin: true, stdout: false, stderr: true } };
    expect(useColor(io, {})).toBe(false);
    expect(useColor(io, {}, "stderr")).toBe(true);
  });
});

describe("paint", () => {
  it("without colour → text as it is", async () => {
    expect((await paint(false)).red("x")).toBe("x");
  });

  it("with colour → painted", async () => {
    expect((await paint(true)).red("x")).toBe("\u001b[31mx\u001b[39m");
  });
});
