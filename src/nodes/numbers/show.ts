import * as answer from "../../answers";
import { NUMBER_STATES, type NumberState } from "../../model/number-state";
import { formatSipAddress } from "../../model/sip-address";
import { positional } from "../../params/param";
import { e164 } from "../../params/types";
import { showNumber } from "../../rules/number-states";
import { node } from "../node";

export const show = node({
  name: "numbers/show",
  summary: "Show what is known of a number: free, whose it is, reserved or resting",
  access: "limited_read",
  params: { number: positional(e164("the number")) },
  answers: {
    number: answer.telephone(),
    state: answer.oneOf<NumberState>([...NUMBER_STATES, "unknown"]),
    alias: answer.nullable(answer.text()),
    destination: answer.nullable(answer.text()),
    until: answer.nullable(answer.time()),
    note: answer.nullable(answer.text()),
    country: answer.nullable(answer.text()),
    type: answer.nullable(answer.text()),
  },
  examples: [{ command: "hermes numbers show +4712345000" }],
  rule: showNumber,
  async wanted({ number: { number } }) {
    const { numberKind } = await import("../../model/number-kind");
    return { number, ...numberKind(number) };
  },
  answer: ({ alias, destination, ...known }, _params, { country, type }) => ({
    ...known,
    alias: alias && formatSipAddress(alias),
    destination: destination && formatSipAddress(destination),
    country,
    type,
  }),
});
