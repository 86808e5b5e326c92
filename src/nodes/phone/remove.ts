import { onAccount } from "../../access/lite";
import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { formatSipAddress } from "../../model/sip-address";
import { positional } from "../../params/param";
import { mac, user } from "../../params/types";
import { node } from "../node";

export const remove = node({
  name: "phone/remove",
  summary: "Take an account from a phone",
  access: "read_write",
  params: { user: positional(user()), mac: positional(mac()) },
  answers: { mac: answer.text({ label: "MAC" }), username: answer.text(), domain: answer.text() },
  lite: onAccount("user", { right: "controlSipDevices" }),
  examples: [{ command: "hermes phone remove alice@example.org f0:0b:a2:ba:5c:00" }],
  async run({ phones }, { user, mac }) {
    if (!(await phones.remove(mac, user))) {
      throw failed("nonexistant", `Phone ${mac} does not have ${formatSipAddress(user)}.`);
    }
    return { mac, ...user };
  },
});
