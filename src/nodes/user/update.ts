import * as answer from "../../answers";
import { failed, Refusal } from "../../model/refusal";
import { formatSipAddress } from "../../model/sip-address";
import { optional, positional } from "../../params/param";
import { atLeastOne, saying } from "../../params/relations";
import { email, text, user } from "../../params/types";
import { node } from "../node";
import { requireAccount } from "../rules";

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
  relations: [
    saying("Nothing to change", atLeastOne("displayname", "dialplan", "linetext", "email")),
  ],
  answers: { updated: answer.list(answer.text()), skipped: answer.list(answer.text()) },
  examples: [{ command: "hermes user update alice@example.org --displayname 'Alice A.'" }],
  async run(stores, params) {
    await stores.locks.take("addresses");
    const { address, subscriber, user } = await requireAccount(stores, params.user);
    const shown = formatSipAddress(address);
    const updated: string[] = [];
    const skipped: string[] = [];

    for (const name of ["displayname", "dialplan", "linetext"] as const) {
      const value = params[name];
      if (value === undefined) continue;
      if (user === undefined) {
        throw failed(
          "nonexistant",
          `${shown} is not in provisioning yet. Adopt it: hermes user adopt ${shown}`,
        );
      }
      if (user[name] === value) {
        skipped.push(name);
        continue;
      }
      await naming(name, () => stores.users.update(address, { [name]: value }));
      updated.push(name);
    }

    const { email } = params;
    if (email !== undefined) {
      if (subscriber === undefined) {
        throw failed("nonexistant", `${shown} is a remote account: it has no mail address.`);
      }
      if (subscriber.email === email) {
        skipped.push("email");
      } else {
        await naming("email", () => stores.subscribers.setEmail(address, email));
        updated.push("email");
      }
    }
    return { updated, skipped };
  },
});

/** Runs a change; a database error that stops it names the parameter. */
async function naming(name: string, change: () => Promise<void>): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (error instanceof Error && !(error instanceof Refusal)) {
      Object.assign(error, { answerFields: { failed: [name] } });
    }
    throw error;
  }
}
