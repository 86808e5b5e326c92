import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { positional } from "../../params/param";
import { user } from "../../params/types";
import { node } from "../node";
import { requireFree } from "../rules";

export const available = node({
  name: "user/available",
  summary: "Tell whether an address is free for a new account or alias",
  access: "limited_read",
  params: { user: positional(user("the address to try")) },
  // That there is no such account is the good news.
  answers: {
    cause: answer.shownAs(
      answer.text({ label: "available" }),
      answer.text(),
      (cause) => `yes (${cause})`,
    ),
  },
  examples: [{ command: "hermes user available alice@example.org" }],
  async run(stores, { user }) {
    if (!(await stores.domains.has(user.domain))) {
      throw failed("domain", `${user.domain} is not one of Kamailio's domains.`);
    }
    await requireFree(stores, user);
    return { cause: "nonexistant" };
  },
});
