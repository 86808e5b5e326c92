import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { allCommands, grammar } from "../../src/cli/commands";
import { toRoff } from "../../src/cli/manual/roff";

const folder = fileURLToPath(new URL("../../dist/man", import.meta.url));
const pages = ["man1", "man5"].flatMap((section) =>
  readdirSync(join(folder, section)).map((name) => join(folder, section, name)),
);

/** Bold is a character, a step back, and the same again. */
const OVERSTRUCK = new RegExp(`.${String.fromCharCode(8)}`, "g");
const plain = (text: string) => text.replace(OVERSTRUCK, "");

/** A page as a terminal of 80 columns shows it. */
const shown = (page: string) =>
  plain(execFileSync("mandoc", ["-T", "ascii", "-O", "width=78", page], { encoding: "utf8" }));

describe("the manual", () => {
  it("has hermes(1), a page for each family, and hermes-config(5)", () => {
    const names = pages.map((page) => page.slice(page.lastIndexOf("/") + 1)).sort();
    const families = grammar.families.map(({ name }) => `hermes-${name}.1`);
    expect(names).toEqual(["hermes.1", "hermes-config.5", ...families].sort());
  });

  it.each(pages)("is correct for mandoc, and fits: %s", (page) => {
    const { stdout } = spawnSync("mandoc", ["-T", "lint", "-W", "warning", page], {
      encoding: "utf8",
    });
    const findings = stdout
      .split("\n")
      // Left out, so that two builds of one version are the same.
      .filter((line) => line !== "" && !line.includes("missing date"));
    expect(findings).toEqual([]);
    // What is typed stays in one line.
    const wide = shown(page)
      .split("\n")
      .filter((line) => line.length > 80 && !line.trimStart().startsWith("hermes "));
    expect(wide).toEqual([]);
  });

  it("tells of every command, its flags, its answer and its examples", () => {
    const whole = pages.map((page) => readFileSync(page, "utf8").replaceAll("\\-", "-")).join("");
    for (const { path, answers } of allCommands()) {
      expect(whole).toContain(`hermes ${path.join(" ")}`);
      for (const name of Object.keys(answers)) expect(whole).toContain(`\\fB${name}\\fR`);
    }
    expect(shown(join(folder, "man1", "hermes-alias.1"))).toContain(
      "hermes alias add 4224@example.org alice@example.org",
    );
  });

  it("shows what would be a request, a backslash or a quote as it is", () => {
    const text = `.TH is no request here, nor is 'this'; \\fB is not bold, -- two dashes, "quotes" ~ ^ \` …`;
    const roff = toRoff(
      {
        name: "x",
        section: 1,
        summary: "x",
        synopsis: [],
        parts: [{ title: "A", blocks: [text] }],
      },
      "1.0.0",
    );
    const out = plain(
      execFileSync("mandoc", ["-T", "utf8", "-O", "width=200"], { input: roff, encoding: "utf8" }),
    );
    expect(out).toContain(text.replace("…", "..."));
  });
});
