import { describe, expect, it } from "vitest";
import { grammar } from "../../src/cli/commands";
import { nextOf } from "../../src/cli/completion/next";

/** What is offered at the end of a line behind `hermes`; a space at its end begins a new word. */
const next = (line: string) => nextOf(grammar, line.split(" "));
const offered = (line: string) => next(line).candidates.map(({ value }) => value);

describe("completion offers", () => {
  it.each([
    ["us", ["user"]],
    ["user g", ["gen-pw", "get"]],
    ["user list --out", ["--output"]],
    ["user list --output ", ["json", "ndjson", "csv", "table"]],
    ["user list --output=n", ["--output=ndjson"]],
    ["--json user list --output c", ["csv"]],
    ["--config site.toml user li", ["list"]],
    ["auth authorize-user bob --access f", ["full_read"]],
    ["completion ", ["bash", "zsh", "fish"]],
    ["help perm", ["permission", "permissions"]],
    ["help user rem", ["remove"]],
    ["user get -- --", []],
    ["user nothing ", []],
    ["nothing ", []],
  ])("%s → %s", (line, expected) => {
    expect(offered(line)).toEqual(expected);
  });

  it("several permissions with commas between, each once, in the case that is typed", () => {
    const flags = "permission set alice@example.org --flags ";
    expect(offered(`${flags}EMERGENCY,INTER`)).toEqual([
      "EMERGENCY,INTERNAL",
      "EMERGENCY,INTERNATIONAL",
    ]);
    expect(offered(`${flags}EMERGENCY,E`)).toEqual([]);
    expect(offered(`${flags}nat`)).toEqual(["national"]);
  });

  it("what must be given first, and nothing that is given or rules itself out", () => {
    expect(offered("user add-local alice@example.org --").slice(0, 2)).toEqual([
      "--displayname",
      "--email",
    ]);
    expect(offered("user add-local alice@example.org --email a@mail.test --")).not.toContain(
      "--email",
    );
    expect(offered("user add-local alice@example.org --")).not.toContain("--user");
    const change = offered("user change-pw alice@example.org --generate --");
    expect(change).not.toContain("--password");
    expect(change).toContain("--json");
    expect(offered("init --domain a.example --")).toContain("--domain");
  });

  it.each([
    ["user get al", ["account"]],
    ["user add-local al", ["address"]],
    ["user get --domain ex", ["domain"]],
    ["alias remove 42", ["alias"]],
    ["alias add 4224@example.org al", ["account"]],
    ["phone get ", ["phone", "account"]],
    ["phone get alice@", ["account"]],
    ["phone get f00ba2ba5c00 ", ["account"]],
    ["numbers assign +", ["number", "account"]],
    ["numbers remove +", ["number"]],
    ["extension grant 4224 --username b", ["operator"]],
    ["call user/", ["node"]],
    ["user import ", ["file"]],
    ["user import --rejects ", ["file"]],
    ["auth add-user b", []],
  ])("%s: the site's own %s", (line, things) => {
    expect(next(line).things).toEqual(things);
  });
});
