import stringWidth from "string-width";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type PeopleOptions, writePeople } from "../../../src/cli/output/people";
import type { Fields } from "../../../src/model/envelope";
import { fakeIo, rows } from "./fake-io";

const NOW = new Date(2026, 10, 22, 14, 0, 0);
const unix = (date: Date) => date.getTime() / 1000;

interface World extends Partial<PeopleOptions> {
  columns?: number;
  response?: "ok" | "pong" | "failed";
}

async function shown(terminal: boolean, fields: Fields, world: World) {
  const { columns = 80, response = "ok", ...options } = world;
  const io = fakeIo({ terminal, columns });
  await writePeople(
    io,
    { response, ...fields },
    { color: false, showSecrets: false, fresh: [], quiet: false, ...options },
  );
  return { out: io.out(), err: io.err() };
}

const onTerminal = async (fields: Fields, world: World = {}) =>
  (await shown(true, fields, world)).out;
const piped = async (fields: Fields, world: World = {}) => (await shown(false, fields, world)).out;
const lines = (...all: string[]) => `${all.join("\n")}\n`;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a list of values", () => {
  const list = ["+4722345678", "+4532345678"];

  it("on a terminal → grouped, one a line", async () => {
    expect(await onTerminal({ list })).toBe(lines("+47 22 34 56 78", "+45 32 34 56 78"));
  });

  it("piped → raw, one a line", async () => {
    expect(await piped({ list: rows(["+4722345678"], ["+4532345678"]) })).toBe(lines(...list));
  });

  it("MACs and addresses stay as they are", async () => {
    const list = ["0004f2abcdef", "alice@example.org"];
    expect(await onTerminal({ list })).toBe(lines(...list));
  });

  it("alone under any name", async () => {
    expect(await piped({ adopted: ["a@b.org", "c@b.org"] })).toBe(lines("a@b.org", "c@b.org"));
  });

  it("empty → a note on stderr", async () => {
    for (const list of [[], rows(), rows([])]) {
      expect(await shown(true, { list }, {})).toEqual({ out: "", err: "none\n" });
    }
    expect(await shown(true, { list: [] }, { quiet: true })).toEqual({ out: "", err: "" });
  });
});

describe("a list of records", () => {
  const list = [
    { user: "alice@example.org", displayname: "Alice" },
    { user: "bob@example.org", displayname: null },
  ];

  it("on a terminal → a table", async () => {
    expect(await onTerminal({ list })).toBe(
      lines(
        "user               display name",
        "─────────────────  ────────────",
        "alice@example.org  Alice",
        "bob@example.org    -",
      ),
    );
  });

  it("in colour → a bold header and a dim dash", async () => {
    const text = await onTerminal({ list }, { color: true });
    expect(text).toContain("\u001b[1muser\u001b[22m");
    expect(text).toContain("\u001b[2m-\u001b[22m");
  });

  it("piped → tab-separated without header", async () => {
    expect(await piped({ list })).toBe(lines("alice@example.org\tAlice", "bob@example.org\t"));
  });

  it("batch by batch → one header, widths of the first batch", async () => {
    const text = await onTerminal({ aliases: rows([list[0]], [list[1]], list) });
    expect(text.match(/display name/g)).toHaveLength(1);
    expect(text.trimEnd().split("\n")).toHaveLength(6);
  });

  it("empty → a note", async () => {
    expect(await shown(false, { aliases: [] }, {})).toEqual({ out: "", err: "none\n" });
  });

  it("long cells → wrapped into 80 columns, nothing lost", async () => {
    const contact = `sip:alice@192.0.2.1:5060;transport=tcp;rinstance=${"x".repeat(40)}`;
    const useragent = "Yealink SIP-T46S 66.86.0.15 with a very long tail of words";
    const text = await onTerminal({
      locations: [{ contact, useragent, expires: unix(NOW) + 300 }],
    });
    for (const line of text.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(80);
    const columns = text
      .split("\n")
      .slice(2)
      .map((line) => line.split(/ {2,}/)[0]);
    expect(columns.join("")).toBe(contact);
    expect(text).toContain("2026-11-22 14:05:00");
  });

  it("wide characters stay in their column", async () => {
    const text = await onTerminal({
      list: [{ user: "日本語@example.org", displayname: "山田" }, list[0]],
    });
    const [head = "", , first = ""] = text.split("\n");
    expect(stringWidth(first.slice(0, first.indexOf("山")))).toBe(head.indexOf("display"));
  });

  it.each([
    "⌚".repeat(8),
    "⌚".repeat(60),
    "👩‍👧‍👦".repeat(40),
    "ｆｕｌｌ ｗｉｄｔｈ ".repeat(9),
    "ก็".repeat(50),
  ])("%s → wrapped, not cut short", async (displayname) => {
    const text = await onTerminal({ list: [{ user: "a@example.org", displayname }, list[0]] });
    expect(text).not.toContain("…");
    const columns = text.split("\n").map((line) => line.slice("a@example.org".length));
    expect(columns.join("").replace(/ /g, "")).toContain(displayname.replace(/ /g, ""));
    for (const line of text.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(80);
  });

  it("more columns than fit → a block for each record", async () => {
    const operator = {
      id: "0b9ee1ea-9b0e-4c5e-8d0c-3a1f5f2d6c11",
      username: "bob",
      displayname: "Bob the Builder",
      enabled: true,
      full: false,
      access: "READ_WRITE",
      last_password_changed_at: null,
    };
    const text = await onTerminal({ list: rows([operator], [operator]) }, { columns: 50 });
    expect(text.split("\n\n")).toHaveLength(2);
    expect(text).toContain("display name      Bob the Builder\n");
    expect(text).toContain("enabled           yes\n");
  });

  it("control characters never reach the terminal, nor break a pipe's columns", async () => {
    const list = [{ user: "\u001b[2Jeve@example.org", displayname: "a\tb\nc\u009b" }];
    for (const text of [await onTerminal({ list }), await piped({ list })]) {
      expect(text).toContain("\\x1b[2Jeve@example.org");
      expect(text).toContain("a\\tb\\nc\\x9b");
    }
    expect(await onTerminal({ list: ["\u001b[2J"] })).toBe("\\x1b[2J\n");
  });
});

describe("values", () => {
  it("scalars → aligned, labels in words", async () => {
    const fields = { start: "+4722340000", end: "+4723339999", count: 1_000_000, added: 12 };
    expect(await onTerminal(fields)).toBe(
      lines(
        "first number  +47 22 34 00 00",
        "last number   +47 23 33 99 99",
        "count         1,000,000",
        "added         12",
      ),
    );
    expect(await piped(fields)).toContain(
      "+4722340000\nlast number   +4723339999\ncount         1000000\n",
    );
  });

  it("a record among scalars", async () => {
    const servers = { registrar: "sip.example.org", r_port: 5060, prov_url: "https://x.org/prov" };
    expect(await onTerminal({ domain: "example.org", servers })).toBe(
      lines(
        "domain            example.org",
        "registrar         sip.example.org",
        "registrar port    5060",
        "provisioning URL  https://x.org/prov",
      ),
    );
  });

  it("several records → each under its heading", async () => {
    const fields = { id: 7, before: { email: "a@b.org" }, after: { email: null } };
    expect(await onTerminal(fields)).toBe(
      lines("id  7", "", "before", "email  a@b.org", "", "after", "email  -"),
    );
  });

  it("secrets → masked, unless fresh or asked for", async () => {
    const user = { username: "alice", password: "s3cret", ha1: "0123", ha1b: "" };
    expect(await onTerminal({ user })).toBe(
      lines("username  alice", "password  ********", "HA1       ********", "HA1b      -"),
    );
    expect(await piped({ user })).not.toMatch(/s3cret|0123/);
    expect(await onTerminal({ user }, { fresh: ["password"] })).toMatch(/s3cret\nHA1 +\*{8}\n/);
    expect(await onTerminal({ user }, { showSecrets: true })).toMatch(/s3cret\nHA1 +0123\n/);
    expect(await onTerminal({ id: 1, deep: [{ a: { key: "s3cret" } }] })).not.toContain("s3cret");
  });

  it("permissions → the number and its names, once", async () => {
    const flags = ["NOCALLS", "EMERGENCY", "INTERNAL"];
    expect(await onTerminal({ user: "alice@example.org", permission: 7, flags })).toBe(
      lines("user        alice@example.org", "permission  7  NOCALLS EMERGENCY INTERNAL"),
    );
    expect(await onTerminal({ user: { permittedcalls: "4" } })).toBe(
      "permitted calls  4  INTERNAL\n",
    );
    expect(await onTerminal({ permission: 0, flags: [] })).toBe("permission  0\n");
    expect(await onTerminal({ user: "a@b.org", flags })).toContain("NOCALLS EMERGENCY INTERNAL\n");
  });

  it("times", async () => {
    const soon = unix(NOW) + 300;
    expect(await onTerminal({ key_expires: soon })).toBe(
      "key expires  2026-11-22 14:05:00 (in 5 minutes)\n",
    );
    expect(await piped({ key_expires: 1_000_000_000 })).toBe("key expires  2001-09-09T01:46:40Z\n");
    expect(await onTerminal({ last_password_changed_at: NOW.getTime() - 3 * 86_400_000 })).toBe(
      "password changed  2026-11-19 14:00:00 (3 days ago)\n",
    );
    expect(await onTerminal({ expires: 0 })).toBe("expires  permanent\n");
    expect(await onTerminal({ expires: Number.MAX_VALUE })).toContain("expires  ");
  });

  it("lists among scalars, nothing and booleans", async () => {
    const fields = { updated: ["email", "dialplan"], skipped: [], forward: null, enabled: false };
    expect(await onTerminal(fields)).toBe(
      lines("updated  email, dialplan", "skipped  -", "forward  -", "enabled  no"),
    );
  });

  it("user/available", async () => {
    expect(await onTerminal({ cause: "nonexistant" })).toBe("available  yes (nonexistant)\n");
  });
});

describe("extension permissions", () => {
  const permissions = { pickup: true, steal: false, spy: true, viewOtherPartyOverride: "NONE" };

  it("of several extensions → a table", async () => {
    expect(await onTerminal({ permissions: { "100@example.org": permissions } })).toBe(
      lines(
        "extension        permissions  viewOtherPartyOverride",
        "───────────────  ───────────  ──────────────────────",
        "100@example.org  pickup, spy  NONE",
      ),
    );
  });

  it("of one → values", async () => {
    expect(await onTerminal({ extension: "100@example.org", permissions })).toBe(
      lines(
        "extension               100@example.org",
        "permissions             pickup, spy",
        "viewOtherPartyOverride  NONE",
      ),
    );
  });
});

describe("little to say", () => {
  it("nothing → ok, or nothing when quiet", async () => {
    expect(await onTerminal({})).toBe("ok\n");
    expect(await onTerminal({}, { quiet: true })).toBe("");
  });

  it("pong", async () => {
    expect(await piped({ auth_key: "k" }, { response: "pong" })).toBe(
      lines("pong", "authentication key  ********"),
    );
  });

  it("detail → a sentence before the values", async () => {
    expect(await onTerminal({ detail: "Added +4722345678", number: "+4722345678" })).toBe(
      lines("Added +4722345678", "number  +47 22 34 56 78"),
    );
  });

  it("of a refusal only what stands beside cause and detail", async () => {
    const refusal = { cause: "findings", detail: "1 finding.", findings: [{ check: "orphans" }] };
    expect(await piped(refusal, { response: "failed" })).toBe("orphans\n");
    expect(await piped({ cause: "exists", detail: "No." }, { response: "failed" })).toBe("");
  });
});
