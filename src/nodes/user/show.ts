import * as answer from "../../answers";
import { permissionFlags } from "../../model/permission";
import { formatSipAddress } from "../../model/sip-address";
import { positional } from "../../params/param";
import { person } from "../../params/person";
import { carryOutOne } from "../../rules/carry-out";
import { showAccount } from "../../rules/show-account";
import { onExtension } from "../extension/lite";
import { node } from "../node";
import { userFields } from "./fields";
import { locations } from "./locations";

export const show = node({
  name: "user/show",
  summary: "Show everything about one account, found by any name it has",
  description:
    "By its address, an alias, an extension or a number: settings, aliases, phones, permissions, forwarding, registrations, who manages it.",
  access: "limited_read",
  params: { user: positional(person()) },
  answers: {
    user: answer.account(),
    aliases: answer.list(answer.text()),
    number: answer.nullable(answer.telephone()),
    phones: answer.list(answer.text()),
    permission: answer.nullable(answer.permission()),
    flags: answer.flags(),
    forward: answer.nullable(answer.telephone()),
    locations: answer.list(answer.record(locations)),
    enabled: answer.flag(),
    managing_user: answer.nullable(answer.text({ label: "managing user" })),
    servers: answer.nullable(answer.servers()),
    last_seen: answer.nullable(answer.time({ label: "last seen" })),
  },
  lite: onExtension(({ user }) => user),
  examples: [
    { command: "hermes user show alice@example.org" },
    { command: "hermes user show +4712345000", about: "whose number it is" },
  ],
  async run(stores, { user: extension }, { now }) {
    const shown = await carryOutOne(stores, showAccount, { extension });
    const { address, subscriber } = shown;
    const permission = subscriber?.permittedcalls ?? null;
    return {
      user: userFields(shown),
      aliases: shown.aliases.map(formatSipAddress).sort(),
      number: shown.number,
      phones: [...shown.phones].sort(),
      permission,
      flags: permissionFlags(permission ?? 0),
      forward: shown.forward,
      locations: await stores.locations.current(address, now),
      enabled: shown.enabled,
      managing_user: shown.manager?.username ?? null,
      servers: shown.servers,
      last_seen: shown.lastSeen,
    };
  },
});
