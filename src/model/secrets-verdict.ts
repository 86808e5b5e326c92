import { digestSecrets } from "./digest";
import type { SipAddress } from "./sip-address";

/** What both databases have of a local account's secrets. */
export interface Secrets extends SipAddress {
  readonly password: string | null;
  readonly ha1: string | null;
  readonly ha1b: string | null;
  /** Provisioning's password; null where it has no such row. */
  readonly provisioned: string | null;
}

/** What is wrong with an account's password and digests, and what would put it right. */
export interface SecretsVerdict {
  /** An error keeps somebody from registering. */
  readonly severity: "error" | "warning";
  readonly detail: string;
  /** The password that both databases are to have; undefined where a person must decide. */
  readonly password?: string;
}

/** Kamailio goes by HA1: a password that makes it is the right one. */
export function judgeSecrets(account: Secrets): SecretsVerdict | undefined {
  const { ha1b, provisioned } = account;
  const address = { username: account.username, domain: account.domain };
  const ha1 = account.ha1 ?? "";
  const own = account.password?.trim() ? account.password : "";
  const right = (password: string) => digestSecrets(address, password).ha1 === ha1;

  if (own === "") {
    if (ha1.trim() === "") return { severity: "error", detail: "It has neither password nor HA1." };
    if (!/^[0-9a-f]{32}$/.test(ha1)) {
      return { severity: "error", detail: "Its HA1 is not 32 lower-case hex digits." };
    }
    if (!provisioned || right(provisioned)) return undefined;
    return { severity: "error", detail: "HA1 is not that of the password in provisioning." };
  }
  const made = digestSecrets(address, own);
  if (made.ha1 === ha1) {
    if (provisioned === "") {
      const detail = "Provisioning lacks the password that Kamailio has.";
      return { severity: "warning", detail, password: own };
    }
    if (provisioned !== null && provisioned !== own) {
      const detail = "The passwords differ, and Kamailio's own is the one that registers.";
      return { severity: "error", detail, password: own };
    }
    if (made.ha1b === ha1b) return undefined;
    const detail = "HA1b is not that of the password: names like user@domain can't authenticate.";
    return { severity: "warning", detail, password: own };
  }
  if (provisioned && provisioned !== own) {
    if (!right(provisioned)) {
      return { severity: "error", detail: "The passwords differ, and HA1 is of neither." };
    }
    const detail = "The passwords differ, and the one in provisioning is the one that registers.";
    return { severity: "error", detail, password: provisioned };
  }
  return { severity: "error", detail: "HA1 is not that of the password.", password: own };
}
