import { digestSecrets } from "../../model/digest";
import { formatSipAddress } from "../../model/sip-address";
import type { DataCheck } from "../finding";
import { judge } from "../secrets";

/** Whether passwords and digests agree, with each other and in both databases. */
export const passwords: DataCheck = {
  name: "passwords",
  async *find({ consistency }) {
    for await (const page of consistency.secrets()) {
      for (const account of page) {
        const verdict = judge(account);
        if (verdict === undefined) continue;
        const user = formatSipAddress(account);
        yield {
          severity: verdict.severity,
          subject: user,
          detail: verdict.detail,
          fix:
            verdict.password === undefined
              ? `hermes user change-pw ${user} --generate`
              : "hermes doctor --fix",
          byHand: verdict.password === undefined,
        };
      }
    }
  },
  mend: {
    title: "Set HA1 and HA1b from the password, and the same password in both databases",
    async run({ consistency, subscribers, users }) {
      let mended = 0;
      for await (const page of consistency.secrets()) {
        const changes = page.flatMap(({ provisioned, ...account }) => {
          const password = judge({ provisioned, ...account })?.password;
          if (password === undefined) return [];
          const address = { username: account.username, domain: account.domain };
          return [{ address, password, provisioned }];
        });
        await subscribers.updateMany(
          changes.map(({ address, password }) => ({
            address,
            values: { password, ...digestSecrets(address, password) },
          })),
        );
        await users.updateMany(
          changes
            .filter(({ provisioned }) => provisioned !== null)
            .map(({ address, password }) => ({ address, values: { password } })),
        );
        mended += changes.length;
      }
      return mended;
    },
  },
};
