import { formatSipAddress } from "../../model/sip-address";
import { adoptAll } from "../../rules/adopt-all";
import { adoptAccount } from "../../rules/change-account";
import { type DataCheck, each } from "../finding";

/** Accounts that Kamailio has and provisioning has not. */
export const provisioning: DataCheck = {
  name: "provisioning",
  async *find({ consistency }) {
    for await (const address of each(consistency.unprovisioned())) {
      const user = formatSipAddress(address);
      yield {
        severity: "warning",
        subject: user,
        detail: "Kamailio has the account, provisioning has not: no phone gets it.",
        fix: `hermes user adopt ${user}`,
      };
    }
  },
  mend: {
    title: "Adopt accounts that only Kamailio has",
    locks: adoptAccount.locks,
    run: async (stores) => (await adoptAll(stores, {})).adopted.length,
  },
};
