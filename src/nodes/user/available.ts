import * as answer from "../../answers";
import { positional } from "../../params/param";
import { address } from "../../params/types";
import { availableAddress } from "../../rules/accounts";
import { node } from "../node";

export const available = node({
  name: "user/available",
  summary: "Tell whether an address is free for a new account or alias",
  access: "limited_read",
  params: { user: positional(address("the address to try")) },
  // That there is no such account is the good news.
  answers: {
    cause: answer.shownAs(
      answer.text({ label: "available" }),
      answer.text(),
      (cause) => `yes (${cause})`,
    ),
  },
  examples: [{ command: "hermes user available alice@example.org" }],
  rule: availableAddress,
  wanted: ({ user }) => user,
  answer: () => ({ cause: "nonexistant" }),
});
