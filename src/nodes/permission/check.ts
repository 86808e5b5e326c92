import * as answer from "../../answers";
import { PERMISSION_FLAG_NAMES } from "../../model/permission";
import { quoted } from "../../model/quoted";
import { failed } from "../../model/refusal";
import { formatSipAddress } from "../../model/sip-address";
import { positional } from "../../params/param";
import { text, user } from "../../params/types";
import { notLocal } from "../../rules/refusals";
import { findAccount } from "../find";
import { node } from "../node";

export const check = node({
  name: "permission/check",
  summary: "Say whether an account may call a number or address, and why",
  description:
    "What Kamailio will do with the call, by the rules in the section [classes] of the configuration. hermes kamailio classes prints the same rules as Kamailio's route.",
  access: "limited_read",
  params: {
    user: positional(user("the account that calls")),
    called: positional(
      text("the number as it is dialled, or an address", "0046812345678", {
        placeholder: "TARGET",
      }),
    ),
  },
  answers: {
    user: answer.text(),
    called: answer.text(),
    class: answer.oneOf(PERMISSION_FLAG_NAMES),
    allowed: answer.flag(),
    why: answer.text(),
  },
  examples: [
    { command: "hermes permission check alice@example.org 0046812345678" },
    { command: "hermes permission check alice@example.org bob@example.net" },
  ],
  async run(stores, { user, called: asked }, { config }) {
    // The world's numbering plans take a while to load.
    const [{ classify, dialled, parseCalled, verdict }, { compileClasses }] = await Promise.all([
      import("../../classes/classify"),
      import("../../classes/compile"),
    ]);
    const { subscribers, aliases, domains } = stores;
    const called = parseCalled(asked, user.domain);
    if (called === undefined) {
      throw failed("rejected", `${quoted(asked)} is neither a number nor an address to call.`);
    }
    const classes = await compileClasses(config.classes);
    const at = dialled(called, classes);
    const [{ subscriber, enabled }, alias] = await Promise.all([
      findAccount(stores, user),
      aliases.find(at),
    ]);
    if (subscriber === undefined) throw notLocal(user);
    const destination = alias?.destinations[0];
    const rings = destination ?? at;
    const [accounts, served] = await Promise.all([
      subscribers.findMany([rings]),
      domains.among([called.domain, rings.domain]),
    ]);
    const facts = {
      domains: new Set(served.map(({ domain }) => domain)),
      destination,
      account: accounts.length > 0,
    };
    const permission = subscriber.permittedcalls ?? config.defaults.permission;
    const found = verdict(classify(called, classes, facts), permission, classes);
    if (found.class === undefined) throw failed("rejected", found.why);
    return {
      user: formatSipAddress(subscriber.address),
      called: formatSipAddress(called),
      class: found.class,
      allowed: found.allowed && enabled,
      why: enabled ? found.why : `${found.why} But it is disabled, and can't call anybody.`,
    };
  },
});
