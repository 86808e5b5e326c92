import { formatSipAddress } from "../../model/sip-address";
import { adoptAll } from "../../nodes/user/adopt";
import type { DataCheck } from "../finding";

/** Accounts that Kamailio has and provisioning has not. */
export const provisioning: DataCheck = {
  name: "provisioning",
  async *find({ consistency }) {
    for await (const address of consistency.unprovisioned()) {
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
    run: async (stores) => {
      await stores.locks.take("addresses");
      return (await adoptAll(stores, {})).adopted.length;
    },
  },
};
