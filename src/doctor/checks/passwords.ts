import { judgeSecrets } from "../../model/secrets-verdict";
import { formatSipAddress } from "../../model/sip-address";
import { mendPassword } from "../../rules/mends";
import { type DataCheck, each, mendAll } from "../finding";

/** Whether passwords and digests agree, with each other and in both databases. */
export const passwords: DataCheck = {
  name: "passwords",
  long: true,
  async *find({ consistency }) {
    for await (const account of each(consistency.secrets())) {
      const verdict = judgeSecrets(account);
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
  },
  mend: mendAll(
    "Set HA1 and HA1b from the password, and the same password in both databases",
    mendPassword,
    async function* ({ consistency }) {
      for await (const page of consistency.secrets()) {
        yield page.filter((account) => judgeSecrets(account)?.password !== undefined);
      }
    },
  ),
};
