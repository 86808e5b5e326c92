import { formatSipAddress } from "../../model/sip-address";
import { mendPhone } from "../../rules/mends";
import { type DataCheck, each, mendAll } from "../finding";

/** Phones of accounts that were removed. */
export const phones: DataCheck = {
  name: "phones",
  async *find({ consistency }) {
    for await (const { mac, ...address } of each(consistency.phonesOfNobody())) {
      yield {
        severity: "warning",
        subject: mac,
        detail: `The phone has ${formatSipAddress(address)}, which is no account any more.`,
        fix: "hermes doctor --fix",
      };
    }
  },
  mend: mendAll(
    "Remove phones of accounts that are gone",
    mendPhone,
    async function* ({ consistency }) {
      for await (const page of consistency.phonesOfNobody()) {
        yield page.map(({ mac, ...address }) => ({ mac, address }));
      }
    },
  ),
};
