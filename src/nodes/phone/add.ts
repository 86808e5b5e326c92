import { onAccount } from "../../access/lite";
import * as answer from "../../answers";
import { positional } from "../../params/param";
import { mac, user } from "../../params/types";
import { addPhone } from "../../rules/phones";
import { node } from "../node";

export const add = node({
  name: "phone/add",
  summary: "Give a phone an account",
  description: "A phone can have several accounts, an account several phones.",
  access: "read_write",
  params: { user: positional(user()), mac: positional(mac()) },
  answers: { mac: answer.text({ label: "MAC" }), username: answer.text(), domain: answer.text() },
  lite: onAccount("user", { right: "controlSipDevices" }),
  tells: {
    verb: ["Put", "Put"],
    what: ({ mac, username, domain }) => `${username}@${domain} on phone ${mac}`,
  },
  examples: [{ command: "hermes phone add alice@example.org f0:0b:a2:ba:5c:00" }],
  rule: addPhone,
  wanted: ({ user, mac }) => ({ mac, address: user, ifExists: "fail" as const }),
  answer: ({ mac, address }) => ({ mac, ...address }),
});
