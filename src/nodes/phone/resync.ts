import { onAccount, onPhone, whereGiven } from "../../access/lite";
import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { formatSipAddress, type SipAddress } from "../../model/sip-address";
import { counted, listed } from "../../model/words";
import { optional, positional } from "../../params/param";
import { exactlyOne } from "../../params/relations";
import { mac, toggle, user } from "../../params/types";
import { noPhone } from "../../rules/phones";
import type { Stores } from "../../store/stores";
import { findAccount } from "../find";
import { node } from "../node";
import { looksLikeMac } from "./mac-word";
import { macsOf, registered, renderAgain, tell } from "./refresh";

export const resync = node({
  name: "phone/resync",
  summary: "Have a phone fetch its configuration now",
  description:
    "Sends a NOTIFY (Event: check-sync) through the running Kamailio to where the phone is registered; needs kamailio.rpc in the configuration. Where phones.out says which folder phones fetch their files from, the phone's are made anew first.",
  access: "read_write",
  writes: false,
  params: {
    mac: optional(positional(mac(), looksLikeMac)),
    user: optional(positional(user())),
    reboot: toggle("have it start anew as well"),
  },
  relations: [exactlyOne("mac", "user")],
  answers: {
    notified: answer.list(answer.text()),
    problems: answer.optional(answer.list(answer.text(), { between: " " })),
  },
  tells: {
    verb: ["Notify", "Notified"],
    what: ({ notified }) =>
      `${notified.length === 1 ? "the phone" : counted(notified.length, "phone")} at ${listed(notified)}`,
    shows: ["problems"],
  },
  lite: whereGiven<{ mac: string | undefined; user: SipAddress | undefined }>(
    "mac",
    onPhone("mac", { right: "controlSipDevices" }),
    onAccount("user", { right: "controlSipDevices" }),
  ),
  examples: [
    { command: "hermes phone resync f0:0b:a2:ba:5c:00" },
    { command: "hermes phone resync --user alice@example.org --reboot" },
  ],
  async run(stores, { mac, user, reboot }, context) {
    const accounts =
      user === undefined
        ? await accountsOn(stores, mac ?? "")
        : [(await findAccount(stores, user)).address];
    const contacts = await registered(accounts, context, mac);
    if (contacts.length === 0) {
      const whose = accounts.map(formatSipAddress).join(", ");
      throw failed("offline", `No phone is registered with ${whose}.`);
    }
    const macs = user === undefined ? [mac ?? ""] : await macsOf(stores, user);
    const problems = await renderAgain(stores, macs, context);
    const notified = await tell(contacts, { reboot, context });
    return { notified, ...(problems.length > 0 ? { problems } : {}) };
  },
});

async function accountsOn({ phones }: Stores, mac: string): Promise<SipAddress[]> {
  const found = await phones.withMacs([mac]);
  if (found.length === 0) throw noPhone(mac);
  return found.map(({ address }) => address);
}
