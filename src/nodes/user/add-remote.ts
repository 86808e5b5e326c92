import * as answer from "../../answers";
import { SIP_PORT } from "../../model/sip-port";
import { optional, positional } from "../../params/param";
import { address, host, password, port, text } from "../../params/types";
import { addAccount } from "../../rules/add-account";
import { node } from "../node";
import { userFields } from "./fields";

export const addRemote = node({
  name: "user/add_remote",
  summary: "Add an account at another provider, for phones provisioned here",
  description:
    "The account stands in provisioning only. Left out, the proxy is the registrar and the authentication id is the user part.",
  access: "read_write",
  params: {
    user: positional(address("the account's address at the other provider")),
    password: password("the account's password there"),
    displayname: text("the person's name, as phones show it", "Bob", { placeholder: "NAME" }),
    registrar: host("where phones register", "sip.example.com"),
    r_port: optional(port(`the registrar's port, ${SIP_PORT} unless given`)),
    proxy: optional(host("where phones send calls", "proxy.example.com")),
    p_port: optional(port(`the proxy's port, ${SIP_PORT} unless given`)),
    authid: optional(text("the name for authentication", "bob", { max: 64, placeholder: "NAME" })),
    dialplan: optional(text("the phone's dial plan", "(.*)")),
    linetext: optional(text("what the phone shows on the line's key", "Bob")),
  },
  answers: { user: answer.account() },
  tells: {
    verb: ["Add", "Added"],
    what: ({ user: { username, domain } }) => `${username}@${domain}`,
    shows: ["user"],
  },
  examples: [
    {
      command:
        "hermes user add-remote bob@example.com --password-stdin --displayname Bob --registrar sip.example.com",
    },
  ],
  rule: addAccount,
  wanted: ({ user, registrar, proxy, r_port = SIP_PORT, p_port = SIP_PORT, ...given }) => ({
    ...given,
    ...{ address: user, type: "remote" as const, ifExists: "fail" as const },
    ...{ registrar, r_port, proxy: proxy ?? registrar, p_port },
    ...{ newPassword: "", permission: 0 },
  }),
  answer: ({ account }) => ({ user: userFields(account) }),
});
