import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { formatSipAddress, type SipAddress } from "../../model/sip-address";
import { optional, positional } from "../../params/param";
import { exactlyOne, needs } from "../../params/relations";
import { e164, search, toggle, user } from "../../params/types";
import type { Stores } from "../../store/stores";
import { requireDestination, requireNoSecondNumber } from "../alias/add";
import { node } from "../node";

export const assign = node({
  name: "numbers/assign",
  summary: "Take a number from the pool and make it an account's alias",
  description:
    "The alias is <number>@<the account's domain>. Any number of these can run at once: none is given out twice.",
  access: "read_write",
  params: {
    number: optional(positional(e164("the number"), (word) => !word.includes("@"))),
    user: positional(user("the account that gets it")),
    random: toggle("any number of the pool"),
    search: optional(search("numbers", "+4712*")),
  },
  relations: [exactlyOne("number", "random"), needs("search", "random")],
  answers: { number: answer.telephone(), alias: answer.text(), destination: answer.text() },
  examples: [
    { command: "hermes numbers assign +4712345000 alice@example.org" },
    { command: "hermes numbers assign --random --search '+4712*' alice@example.org" },
  ],
  async run(stores, params) {
    await stores.locks.take("addresses");
    const { domain } = params.user;
    if (!(await stores.domains.has(domain))) {
      throw failed("nonexistant", `${domain} is not one of Kamailio's domains.`);
    }
    const destination = await requireDestination(stores, params.user);
    const number =
      params.number === undefined
        ? await anyNumber(stores, params.search, domain)
        : await thisNumber(stores, params.number.number, domain);
    const alias = { username: number, domain };
    await requireNoSecondNumber(stores, alias, destination);
    await stores.numbers.remove(number);
    await stores.aliases.add({ alias, destination });
    return {
      number,
      alias: formatSipAddress(alias),
      destination: formatSipAddress(destination),
    };
  },
});

async function thisNumber(stores: Stores, number: string, domain: string): Promise<string> {
  const used = await useOf(stores, { username: number, domain });
  if (used !== undefined) throw failed("exists", used);
  if (!(await stores.numbers.has(number))) {
    throw failed("nonexistant", `${number} is not in the pool.`);
  }
  return number;
}

async function anyNumber(
  stores: Stores,
  search: string | undefined,
  domain: string,
): Promise<string> {
  const without = new Set<string>();
  for (;;) {
    const number = await stores.numbers.lockRandom(search, without);
    if (number === undefined) throw failed("empty", emptyDetail(search, without.size));
    if ((await useOf(stores, { username: number, domain })) === undefined) return number;
    without.add(number);
  }
}

function emptyDetail(search: string | undefined, used: number): string {
  const which =
    search === undefined ? "The pool has no number" : `No number matches ${JSON.stringify(search)}`;
  return used > 0 ? `${which} that is no alias already.` : `${which}.`;
}

/** What a number in the pool is used for all the same, or undefined: some domain's alias or account. */
async function useOf(stores: Stores, alias: SipAddress): Promise<string | undefined> {
  const [used] = await stores.aliases.ofNumber(alias.username);
  if (used !== undefined) {
    return `${formatSipAddress(used.alias)} is an alias of ${formatSipAddress(used.destination)}.`;
  }
  return (await stores.accounts.exists(alias))
    ? `There is an account ${formatSipAddress(alias)} already.`
    : undefined;
}
