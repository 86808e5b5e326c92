import { invalidParameters, optional, positional } from "../../params/param";
import { email, text, user } from "../../params/types";
import { updateAccount } from "../../rules/change-account";
import { node } from "../node";

export const update = node({
  name: "user/update",
  summary: "Change what phones show of an account, or its mail address",
  description: "Answers which of the given parameters changed and which were so already.",
  access: "read_write",
  params: {
    user: positional(user()),
    displayname: optional(text("the person's name, as phones show it", "Alice")),
    dialplan: optional(text("the phone's dial plan", "(.*)")),
    linetext: optional(text("what the phone shows on the line's key", "4224")),
    email: optional(email("the person's mail address; local accounts only")),
  },
  answers: ["updated", "skipped"],
  examples: [{ command: "hermes user update alice@example.org --displayname 'Alice A.'" }],
  check({ displayname, dialplan, linetext, email }) {
    if ([displayname, dialplan, linetext, email].every((value) => value === undefined)) {
      throw invalidParameters(
        "Nothing to change: give --displayname, --dialplan, --linetext or --email.",
      );
    }
  },
  rule: updateAccount,
  wanted: ({ user, ...update }) => ({ address: user, update }),
  answer: ({ updated, skipped }) => ({ updated, skipped }),
  blames: ({ user: _user, ...update }) => ({
    failed: Object.entries(update).flatMap(([name, value]) => (value === undefined ? [] : [name])),
  }),
});
