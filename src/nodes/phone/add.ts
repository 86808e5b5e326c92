import { onAccount } from "../../access/lite";
import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { formatSipAddress } from "../../model/sip-address";
import { positional } from "../../params/param";
import { mac, user } from "../../params/types";
import { node } from "../node";
import { requireAccount } from "../rules";

export const add = node({
  name: "phone/add",
  summary: "Give a phone an account",
  description: "A phone can have several accounts, an account several phones.",
  access: "read_write",
  params: { user: positional(user()), mac: positional(mac()) },
  answers: { mac: answer.text({ label: "MAC" }), username: answer.text(), domain: answer.text() },
  lite: onAccount("user", { right: "controlSipDevices" }),
  examples: [{ command: "hermes phone add alice@example.org f0:0b:a2:ba:5c:00" }],
  async run(stores, params) {
    await stores.locks.take("addresses");
    const { user } = await requireAccount(stores, params.user);
    if (user === undefined) {
      const shown = formatSipAddress(params.user);
      throw failed(
        "nonexistant",
        `${shown} is not in provisioning yet. Adopt it: hermes user adopt ${shown}`,
      );
    }
    const { mac } = params;
    if (await stores.phones.has(mac, user.address)) {
      throw failed("exists", `Phone ${mac} has ${formatSipAddress(user.address)} already.`);
    }
    await stores.phones.add(mac, user.address);
    return { mac, ...user.address };
  },
});
