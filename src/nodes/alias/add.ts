import * as answer from "../../answers";
import { failed, invalid } from "../../model/refusal";
import { formatSipAddress, type SipAddress } from "../../model/sip-address";
import { positional, refusing } from "../../params/param";
import { address } from "../../params/types";
import { isNumber } from "../../store/kamailio/aliases";
import type { Stores } from "../../store/stores";
import { node } from "../node";
import { requireFree } from "../rules";
import { aliasAddress } from "./params";

export const add = node({
  name: "alias/add",
  summary: "Add an alias that leads to an account or an outside address",
  description: "An account can have one alias that is an E.164 number, and any number of others.",
  access: "read_write",
  params: {
    alias: positional(aliasAddress("alias", "the new alias")),
    destination: positional(
      refusing(address("where calls to the alias go", "alice@example.org", null), (detail) =>
        invalid("destination", detail),
      ),
    ),
  },
  answers: { alias: answer.text(), destination: answer.text() },
  examples: [
    { command: "hermes alias add 4224@example.org alice@example.org" },
    { command: "hermes alias add +4712345000@example.org alice@example.org" },
  ],
  async run(stores, params) {
    const { alias } = params;
    await stores.locks.take("addresses");
    if (!(await stores.domains.has(alias.domain))) {
      throw failed("nxdomain", `${alias.domain} is not one of Kamailio's domains.`);
    }
    await requireFree(stores, alias);
    const destination = await requireDestination(stores, params.destination);
    await requireNoSecondNumber(stores, alias, destination);
    await stores.aliases.add({ alias, destination });
    return { alias: formatSipAddress(alias), destination: formatSipAddress(destination) };
  },
});

/** A destination in one of Kamailio's domains must be a subscriber; it is spelled as stored. */
export async function requireDestination(
  { domains, subscribers }: Pick<Stores, "domains" | "subscribers">,
  destination: SipAddress,
): Promise<SipAddress> {
  if (!(await domains.has(destination.domain))) return destination;
  const subscriber = await subscribers.find(destination);
  if (subscriber === undefined) {
    throw failed("nonexistant", `There is no local account ${formatSipAddress(destination)}.`);
  }
  return subscriber.address;
}

/** An account has one E.164 number at most. */
export async function requireNoSecondNumber(
  { aliases }: Pick<Stores, "aliases">,
  alias: SipAddress,
  destination: SipAddress,
): Promise<void> {
  if (!isNumber(alias)) return;
  const [present] = await aliases.e164LeadingTo(destination);
  if (present !== undefined) {
    throw failed(
      "exists",
      `${formatSipAddress(destination)} has the E.164 alias ${formatSipAddress(present.alias)} already.`,
    );
  }
}
