import { formatSipAddress } from "../../model/sip-address";
import { type DataCheck, each } from "../finding";

/** Accounts of Kamailio's own domains that provisioning has and Kamailio has not. */
export const subscribers: DataCheck = {
  name: "subscribers",
  async *find({ consistency }) {
    for await (const address of each(consistency.unknownToKamailio())) {
      const user = formatSipAddress(address);
      yield {
        severity: "error",
        subject: user,
        detail: "Provisioning has the account, Kamailio has not: its phones can't register.",
        fix: `hermes user remove ${user}, and add it again: hermes user add-local ${user}`,
      };
    }
  },
};
