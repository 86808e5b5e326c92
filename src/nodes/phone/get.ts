import { onAccount, onlyOwn, orRefuse, whereGiven } from "../../access/lite";
import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { formatSipAddress } from "../../model/sip-address";
import { optional, positional } from "../../params/param";
import { exactlyOne } from "../../params/relations";
import { mac, user } from "../../params/types";
import { node } from "../node";
import { looksLikeMac } from "./mac-word";

const withoutAccount = (mac: string | undefined) =>
  failed("nonexistant", `Phone ${mac} has no account.`);

export const get = node({
  name: "phone/get",
  summary: "Show a phone's accounts, or an account's phones",
  access: "limited_read",
  params: {
    mac: optional(positional(mac(), looksLikeMac)),
    user: optional(positional(user())),
  },
  relations: [exactlyOne("mac", "user")],
  answers: {
    list: answer.rows(answer.text(), {
      column: (value) => (looksLikeMac(String(value)) ? "mac" : "user"),
    }),
  },
  lite: whereGiven(
    "mac",
    orRefuse("list", onlyOwn("list", String), ({ mac }) => withoutAccount(mac)),
    onAccount("user"),
  ),
  examples: [
    { command: "hermes phone get f0:0b:a2:ba:5c:00" },
    { command: "hermes phone get alice@example.org" },
  ],
  async run({ phones }, { mac, user }) {
    if (mac !== undefined) {
      const list = (await phones.withMacs([mac])).map(({ address }) => formatSipAddress(address));
      if (list.length === 0) throw withoutAccount(mac);
      return { list: list.sort() };
    }
    if (user === undefined) return { list: [] };
    const list = (await phones.of([user])).map((phone) => phone.mac);
    if (list.length === 0) throw failed("nonexistant", `${formatSipAddress(user)} has no phone.`);
    return { list };
  },
});
