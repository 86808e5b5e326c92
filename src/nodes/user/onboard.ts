import * as answer from "../../answers";
import { generatePassword } from "../../model/password";
import { formatSipAddress } from "../../model/sip-address";
import { extension } from "../../params/extension";
import { chosen, optional, positional } from "../../params/param";
import { permissionFlagList } from "../../params/permission";
import { atMostOne } from "../../params/relations";
import { several } from "../../params/several";
import { address, e164, email, mac, matching, password, text } from "../../params/types";
import { onboard as rule } from "../../rules/onboard";
import { node } from "../node";
import { userFields } from "./fields";

export const onboard = node({
  name: "user/onboard",
  summary: "Add a person with all that belongs to them, in one transaction",
  description:
    "A local account as user add-local adds it, with a number of the pool, aliases, phones and permissions as they are given. Nothing is done where any of it is refused. Without --password the password is generated.",
  access: "read_write",
  params: {
    user: positional(address("the new account's address")),
    displayname: text("the person's name, as phones show it", "Alice", { placeholder: "NAME" }),
    email: email(),
    number: optional(e164("the number of the pool that the person gets")),
    number_from: optional(matching("any number of the pool that matches", "+4712345*")),
    alias: several(extension("an alias; without a domain it is in the person's", "ALIAS")),
    mac: several(mac("a phone's MAC address; may be given several times")),
    flags: optional(permissionFlagList("where the person may call, with commas between")),
    password: optional(chosen(password("the account's password"))),
  },
  relations: [atMostOne("number", "number_from")],
  answers: {
    user: answer.account({ fresh: true }),
    number: answer.nullable(answer.telephone()),
    aliases: answer.list(answer.text()),
    phones: answer.list(answer.text()),
    permission: answer.permission(),
  },
  tells: {
    verb: ["Add", "Added"],
    what: ({ user: { username, domain } }) => `${username}@${domain}`,
    shows: ["user", "number", "aliases", "phones", "permission"],
  },
  examples: [
    {
      command:
        "hermes user onboard alice@example.org --displayname Alice --email alice@example.org --number-from '+4712345*' --mac f0:0b:a2:ba:5c:00",
    },
  ],
  rule,
  wanted: (given, { config: { defaults } }) => ({
    account: {
      ...{ address: given.user, type: "local" as const, ifExists: "fail" as const },
      ...{ displayname: given.displayname, email: given.email, password: given.password },
      permission: given.flags ?? defaults.permission,
      newPassword: generatePassword(defaults.passwordLength),
    },
    number: given.number?.number,
    numberFrom: given.number_from,
    aliases: given.alias ?? [],
    macs: given.mac ?? [],
  }),
  answer: (person, _params, { account: { permission } }) => ({
    user: userFields(person),
    number: person.number,
    aliases: person.aliases.map(formatSipAddress),
    phones: person.phones,
    permission: person.subscriber?.permittedcalls ?? permission,
  }),
});
