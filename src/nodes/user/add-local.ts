import * as answer from "../../answers";
import { generatePassword } from "../../model/password";
import { failed } from "../../model/refusal";
import { positional } from "../../params/param";
import { email, text, user } from "../../params/types";
import { forgetExtension } from "../extension/rules";
import { node } from "../node";
import { requireAccount, requireFree } from "../rules";
import { userFields } from "./fields";

export const addLocal = node({
  name: "user/add_local",
  summary: "Add an account to Kamailio and provisioning",
  description:
    "The domain must be one of Kamailio's and have default servers (see domain set-servers). The password is generated and shown.",
  access: "read_write",
  params: {
    user: positional(user("the new account's address")),
    displayname: text("the person's name, as phones show it", "Alice"),
    email: email(),
  },
  answers: { user: answer.account({ fresh: true }) },
  examples: [
    {
      command:
        "hermes user add-local alice@example.org --displayname Alice --email alice@example.org",
    },
  ],
  async run(stores, params, { config }) {
    const { user: address, displayname, email } = params;
    const { domain } = address;
    await stores.locks.take("addresses");
    if (!(await stores.domains.has(domain))) {
      throw failed("domain", `${domain} is not one of Kamailio's domains. See: hermes domain list`);
    }
    await requireFree(stores, address);
    const servers = await stores.servers.find(domain);
    if (servers === undefined) {
      throw failed(
        "servfail",
        `${domain} has no default servers for phones. Set them: hermes domain set-servers ${domain} …`,
      );
    }
    const length = Math.min(config.defaults.passwordLength, stores.subscribers.passwordWidth);
    const password = generatePassword(length);
    const { permission } = config.defaults;
    // Rights that the address still has were on some earlier account, which another tool removed.
    await forgetExtension(stores, address);
    await stores.subscribers.insert(address, { password, email, permission });
    await stores.users.insert(address, {
      password,
      authid: address.username,
      registrar: servers.registrar,
      r_port: servers.r_port,
      proxy: servers.proxy,
      p_port: servers.p_port,
      dialplan: null,
      displayname,
      linetext: address.username,
    });
    return { user: userFields(await requireAccount(stores, address)) };
  },
});
