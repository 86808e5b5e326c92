import type { ExtensionName } from "../model/extension-name";
import type { SipAddress } from "../model/sip-address";
import { type KnownAccount, requireAccount } from "./accounts";
import { addAccount, type WantedAccount } from "./add-account";
import { addAlias } from "./aliases";
import { assignNumber, draws } from "./numbers";
import { addPhone } from "./phones";
import { type Question, together } from "./question";
import { type Asks, rule } from "./rule";

export interface WantedPerson {
  readonly account: WantedAccount;
  /** The number to assign; or any that the search matches; or none. */
  readonly number?: string | undefined;
  readonly numberFrom?: string | undefined;
  /** Those without a domain are in the person's. */
  readonly aliases: readonly ExtensionName[];
  readonly macs: readonly string[];
}

export interface Person extends KnownAccount {
  readonly number: string | null;
  readonly aliases: readonly SipAddress[];
  readonly phones: readonly string[];
}

/** user/onboard: one person, all of it or nothing. Each part is decided as by itself, in this order. */
export const onboard = rule<WantedPerson, Person>({
  locks: ["addresses", "numbers"],

  asks: [
    (wanted, facts) => {
      const ask = <W>({ asks: [first] }: { asks: readonly Asks<W>[] }, parts: W[]): Question =>
        first === undefined ? {} : first(parts, facts);
      return together([
        ask(
          addAccount,
          wanted.map(({ account }) => account),
        ),
        ask(assignNumber, wanted.flatMap(numberOf)),
        ask(addAlias, wanted.flatMap(aliasesOf)),
        ask(addPhone, wanted.flatMap(phonesOf)),
      ]);
    },
    // The accounts are not there yet, so this can't be left to the rule for numbers.
    (wanted) => ({ draw: draws(wanted.flatMap(({ numberFrom }) => numberFrom ?? [])) }),
  ],

  decide(facts, wanted) {
    const { address } = wanted.account;
    addAccount.decide(facts, wanted.account);
    const [number = null] = numberOf(wanted).map((each) => assignNumber.decide(facts, each).number);
    const aliases = aliasesOf(wanted).map((each) => addAlias.decide(facts, each).alias);
    const phones = phonesOf(wanted).map((each) => addPhone.decide(facts, each).mac);
    return { ...requireAccount(facts, address), number, aliases, phones };
  },
});

const numberOf = ({ account: { address }, number, numberFrom }: WantedPerson) =>
  number === undefined && numberFrom === undefined ? [] : [{ number, search: numberFrom, address }];

const aliasesOf = ({ account: { address }, aliases }: WantedPerson) =>
  aliases.map(({ username, domain = address.domain }) => ({
    alias: { username, domain },
    destination: address,
    ifExists: "fail" as const,
  }));

const phonesOf = ({ account: { address }, macs }: WantedPerson) =>
  macs.map((mac) => ({ mac, address, ifExists: "fail" as const }));
