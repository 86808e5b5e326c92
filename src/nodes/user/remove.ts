import * as answer from "../../answers";
import { endOfRest } from "../../model/number-state";
import { formatSipAddress } from "../../model/sip-address";
import { counted, listed } from "../../model/words";
import { positional } from "../../params/param";
import { toggle, user } from "../../params/types";
import { removeAccount } from "../../rules/remove-account";
import { node } from "../node";

export const remove = node({
  name: "user/remove",
  summary: "Remove an account from Kamailio and provisioning",
  description:
    "Refused while phones or aliases hang on it: remove those first (phone remove, alias remove), or all of it with --cascade, which puts its numbers back in the pool. Nothing is left that a later account of the address would inherit: attributes, groups, rights, registrations.",
  access: "read_write",
  params: {
    user: positional(user()),
    cascade: toggle("take its phones and aliases along"),
  },
  answers: {
    user: answer.text(),
    removed: answer.record({
      aliases: answer.list(answer.text()),
      phones: answer.list(answer.text()),
      numbers: answer.list(answer.telephone()),
    }),
    detail: answer.optional(answer.sentence()),
  },
  tells: {
    verb: ["Remove", "Removed"],
    what: ({ user, removed: { aliases, phones, numbers } }, as) => {
      const others = aliases.filter((alias) => !numbers.includes(alias.split("@")[0] ?? ""));
      return listed([
        user,
        ...(phones.length === 0 ? [] : [`its ${phonesOf(phones)}`]),
        ...others.map((alias) => `alias ${alias}`),
        ...numbers.map(as.number),
      ]);
    },
    destroys: true,
  },
  examples: [{ command: "hermes user remove alice@example.org" }],
  rule: removeAccount,
  wanted: ({ user, cascade }, { config, now }) => ({
    address: user,
    cascade,
    until: endOfRest(config.defaults.quarantine, now),
  }),
  answer: ({ address, aliases, phones, numbers }) => ({
    user: formatSipAddress(address),
    removed: { aliases: aliases.map(formatSipAddress), phones, numbers },
  }),
  leaves: ({ address, local }) => (local ? address : undefined),
});

const phonesOf = (phones: readonly string[]) =>
  phones.length === 1 ? `phone ${phones[0]}` : counted(phones.length, "phone");
