import { onAccount } from "../../access/lite";
import * as answer from "../../answers";
import { positional } from "../../params/param";
import { mac, user } from "../../params/types";
import { removePhone } from "../../rules/phones";
import { node } from "../node";

export const remove = node({
  name: "phone/remove",
  summary: "Take an account from a phone",
  access: "read_write",
  params: { user: positional(user()), mac: positional(mac()) },
  answers: { mac: answer.text({ label: "MAC" }), username: answer.text(), domain: answer.text() },
  lite: onAccount("user", { right: "controlSipDevices" }),
  tells: {
    verb: ["Take", "Took"],
    what: ({ mac, username, domain }) => `${username}@${domain} from phone ${mac}`,
    destroys: true,
  },
  examples: [{ command: "hermes phone remove alice@example.org f0:0b:a2:ba:5c:00" }],
  rule: removePhone,
  wanted: ({ user, mac }) => ({ mac, address: user }),
  answer: ({ mac, address }) => ({ mac, ...address }),
});
