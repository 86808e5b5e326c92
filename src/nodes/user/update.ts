import * as answer from "../../answers";
import { optional, positional } from "../../params/param";
import { atLeastOne, saying } from "../../params/relations";
import { email, text, user } from "../../params/types";
import { updateAccount } from "../../rules/change-account";
import { node } from "../node";
import { afterChange, phonesOf, requireResync, resync, resyncAfter } from "../phone/after-change";

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
    resync: resync(),
  },
  relations: [
    saying("Nothing to change", atLeastOne("displayname", "dialplan", "linetext", "email")),
  ],
  answers: {
    updated: answer.list(answer.text()),
    skipped: answer.list(answer.text()),
    ...afterChange,
  },
  examples: [{ command: "hermes user update alice@example.org --displayname 'Alice A.'" }],
  rule: updateAccount,
  async wanted({ user, resync, ...update }, context) {
    await requireResync({ resync }, context);
    return { address: user, update };
  },
  answer: ({ updated, skipped, phones }) => ({ updated, skipped, ...phonesOf(phones) }),
  settled: resyncAfter,
  blames: ({ user: _user, resync: _resync, ...update }) => ({
    failed: Object.entries(update).flatMap(([name, value]) => (value === undefined ? [] : [name])),
  }),
});
