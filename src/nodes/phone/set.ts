import { onPhone } from "../../access/lite";
import * as answer from "../../answers";
import { optional, positional } from "../../params/param";
import { model, vendor } from "../../params/phone";
import { mac } from "../../params/types";
import { setPhone } from "../../rules/phones";
import { node } from "../node";

export const set = node({
  name: "phone/set",
  summary: "Say what make of phone it is, so that it can be configured",
  description:
    "Without --model, the model of a phone whose make stays the same stays too. What a phone is stays known when its accounts are taken from it.",
  access: "read_write",
  params: { mac: positional(mac()), vendor: vendor(), model: optional(model()) },
  answers: {
    mac: answer.text({ label: "MAC" }),
    vendor: answer.text(),
    model: answer.nullable(answer.text()),
  },
  lite: onPhone("mac", { right: "controlSipDevices" }),
  tells: {
    verb: ["Set", "Set"],
    what: ({ mac, vendor, model }) =>
      `phone ${mac} to ${vendor}${model === null ? "" : ` ${model}`}`,
  },
  examples: [{ command: "hermes phone set f0:0b:a2:ba:5c:00 --vendor yealink --model T46U" }],
  rule: setPhone,
  async wanted({ mac, vendor, model }, { phoneVendors }) {
    return { mac, is: { vendor: (await phoneVendors()).named(vendor).name, model } };
  },
  answer: ({ mac, vendor, model }) => ({ mac, vendor, model }),
});
