import { failed } from "../../model/refusal";
import { formatSipAddress } from "../../model/sip-address";
import { invalidParameters, optional, positional } from "../../params/param";
import { mac, user } from "../../params/types";
import { node } from "../node";

export const get = node({
  name: "phone/get",
  summary: "Show a phone's accounts, or an account's phones",
  access: "limited_read",
  params: {
    mac: optional(positional(mac(), (word) => !word.includes("@"))),
    user: optional(positional(user())),
  },
  answers: ["list"],
  examples: [
    { command: "hermes phone get f0:0b:a2:ba:5c:00" },
    { command: "hermes phone get alice@example.org" },
  ],
  check({ mac, user }) {
    if ((mac === undefined) === (user === undefined)) {
      throw invalidParameters(
        "Give a MAC address or an account, one of the two. Example: hermes phone get --mac f00ba2ba5c00",
      );
    }
  },
  async run({ phones }, { mac, user }) {
    if (mac !== undefined) {
      const list = (await phones.withMacs([mac])).map(({ address }) => formatSipAddress(address));
      if (list.length === 0) throw failed("nonexistant", `Phone ${mac} has no account.`);
      return { list: list.sort() };
    }
    if (user === undefined) return { list: [] };
    const list = (await phones.of([user])).map((phone) => phone.mac);
    if (list.length === 0) throw failed("nonexistant", `${formatSipAddress(user)} has no phone.`);
    return { list };
  },
});
