import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { formatSipAddress } from "../../model/sip-address";
import { numberOrAlias } from "../../params/number-or-alias";
import { positional } from "../../params/param";
import { node } from "../node";

export const release = node({
  name: "numbers/release",
  summary: "Remove an account's E.164 alias and put its number back in the pool",
  access: "read_write",
  params: { number: positional(numberOrAlias("the number, or the alias that it is")) },
  answers: { number: answer.telephone(), alias: answer.text() },
  examples: [
    { command: "hermes numbers release +4712345000" },
    { command: "hermes numbers release +4712345000@example.org" },
  ],
  async run({ aliases, locks, numbers }, { number: { number, domain } }) {
    await locks.take("addresses");
    const found = await aliases.ofNumber(number);
    const asked = domain === undefined ? number : `${number}@${domain}`;
    const [released] =
      domain === undefined
        ? found
        : found.filter(({ alias }) => alias.domain.toLowerCase() === domain);
    if (released === undefined) throw failed("nonexistant", `There is no alias ${asked}.`);
    const shown = formatSipAddress(released.alias);
    const others = found.map(({ alias }) => formatSipAddress(alias)).filter((a) => a !== shown);
    if (others.length > 0) {
      throw failed(
        "inuse",
        `${number} is the aliases ${[shown, ...others].join(" and ")}. Remove all but one of them first: hermes alias remove ${others[0]}`,
      );
    }
    await aliases.remove(released.alias);
    if (!(await numbers.has(number))) await numbers.add(number);
    return { number, alias: shown };
  },
});
