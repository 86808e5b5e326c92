import * as answer from "../../answers";
import { formatSipAddress } from "../../model/sip-address";
import { positional } from "../../params/param";
import { user } from "../../params/types";
import { enableAccount } from "../../rules/disable-account";
import { node } from "../node";

export const enable = node({
  name: "user/enable",
  summary: "Let a disabled account register and call again, as before",
  access: "read_write",
  params: { user: positional(user()) },
  answers: { user: answer.text(), enabled: answer.flag() },
  tells: {
    verb: ["Enable", "Enabled"],
    what: ({ user }) => user,
  },
  examples: [{ command: "hermes user enable alice@example.org" }],
  rule: enableAccount,
  wanted: ({ user }) => ({ address: user }),
  answer: (address) => ({ user: formatSipAddress(address), enabled: true }),
});
