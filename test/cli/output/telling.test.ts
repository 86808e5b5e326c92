import { expect, it } from "vitest";
import { type AnyTelling, question, sentence } from "../../../src/cli/output/telling";
import { findNode } from "../../../src/nodes/registry";

const tells: AnyTelling = {
  verb: ["Remove", "Removed"],
  what: ({ number, of }, as) => `${as.number(String(number))} of ${of}`,
};
const answer = { response: "ok", number: "+4721234567", of: "bob@example.org" } as const;

it("says what was done, with numbers grouped on a terminal only", async () => {
  expect(await sentence(tells, answer, true)).toBe("Removed +47 21 23 45 67 of bob@example.org.");
  expect(await sentence(tells, answer, false)).toBe("Removed +4721234567 of bob@example.org.");
});

it("says of a trial what would be done", async () => {
  const tried = { ...answer, dry_run: true };
  expect(await sentence(tells, tried, false)).toBe("Would remove +4721234567 of bob@example.org.");
});

it("asks whether it is to be done", async () => {
  expect(await question(tells, answer)).toBe("Remove +47 21 23 45 67 of bob@example.org?");
});

it.each([
  ["phone/resync", { notified: ["sip:a@10.0.0.1"] }, "Notified the phone at sip:a@10.0.0.1."],
  [
    "phone/resync",
    { notified: ["sip:a@b", "sip:c@d"] },
    "Notified 2 phones at sip:a@b and sip:c@d.",
  ],
  ["domain/reload", { reloaded: true }, "Had the running Kamailio read its domains again."],
  ["auth/logout", {}, "Ended the session."],
  [
    "user/forward",
    { user: "bob@example.org", forward: null, busy: "+4721234567", noanswer: "a@example.org" },
    "Set the forwarding of bob@example.org: busy ones to +4721234567 and unanswered ones to a@example.org.",
  ],
])("%s %j: %s", async (name, fields, said) => {
  const { tells } = findNode(name) ?? {};
  expect(await sentence(tells as AnyTelling, { response: "ok", ...fields }, false)).toBe(said);
});

it("lets no stored value write to the terminal", async () => {
  const hostile = { ...answer, of: "\x1b[2Jbob" };
  expect(await sentence(tells, hostile, true)).toContain("\\x1b[2Jbob");
  expect(await question(tells, hostile)).toContain("\\x1b[2Jbob");
});
