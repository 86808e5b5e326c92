import * as answer from "../../answers";
import { listed } from "../../model/words";
import { clearable, optional, positional } from "../../params/param";
import { atLeastOne, saying } from "../../params/relations";
import { email, host, port, text, user } from "../../params/types";
import { updateAccount } from "../../rules/change-account";
import { node } from "../node";
import { afterChange, phonesOf, resync, settling } from "../phone/after-change";

export const update = node({
  name: "user/update",
  summary: "Change what phones show of an account, or its mail address",
  description:
    "And where the phones of a remote account register. Answers which of the given parameters changed and which were so already. A new registrar takes the proxy along where both were the same.",
  access: "read_write",
  params: {
    user: positional(user()),
    displayname: optional(
      text("the person's name, as phones show it", "Alice", { placeholder: "NAME" }),
    ),
    dialplan: clearable(text("the phone's dial plan; empty to have none", "(.*)")),
    linetext: clearable(text("what the phone shows on the line's key; empty for nothing", "4224")),
    email: optional(email("the person's mail address; local accounts only")),
    registrar: optional(host("where phones register; remote accounts only", "sip.example.com")),
    r_port: optional(port("the registrar's port; remote accounts only")),
    proxy: optional(host("where phones send calls; remote accounts only", "proxy.example.com")),
    p_port: optional(port("the proxy's port; remote accounts only")),
    authid: optional(
      text("the name for authentication; remote accounts only", "bob", {
        max: 64,
        placeholder: "NAME",
      }),
    ),
    resync: resync(),
  },
  relations: [
    saying(
      "Nothing to change",
      atLeastOne(
        ...(["displayname", "dialplan", "linetext", "email"] as const),
        ...(["registrar", "r_port", "proxy", "p_port", "authid"] as const),
      ),
    ),
  ],
  answers: {
    updated: answer.list(answer.text()),
    skipped: answer.list(answer.text()),
    ...afterChange,
  },
  tells: {
    verb: ["Change", "Changed"],
    what: ({ updated, skipped }) => {
      const names = (of: readonly string[]) => listed(of.map((name) => name.replaceAll("_", " ")));
      const was = skipped.length === 0 ? "" : `; so already: ${names(skipped)}`;
      return `${updated.length === 0 ? "nothing" : names(updated)}${was}`;
    },
    shows: ["phones", "notified"],
  },
  examples: [{ command: "hermes user update alice@example.org --displayname 'Alice A.'" }],
  rule: updateAccount,
  wanted: ({ user, resync: _resync, ...update }) => ({ address: user, update }),
  answer: ({ updated, skipped, phones }) => ({ updated, skipped, ...phonesOf(phones) }),
  settling,
  blames: ({ user: _user, resync: _resync, ...update }) => ({
    failed: Object.entries(update).flatMap(([name, value]) => (value === undefined ? [] : [name])),
  }),
});
