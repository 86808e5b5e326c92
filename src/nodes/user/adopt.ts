import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { formatSipAddress } from "../../model/sip-address";
import { optional, positional } from "../../params/param";
import { exactlyOne, needs } from "../../params/relations";
import { address, domain, text, toggle } from "../../params/types";
import type { AdoptionScope } from "../../store/adoption";
import type { Stores } from "../../store/stores";
import { node } from "../node";
import { requireSubscriber } from "../rules";

export const adopt = node({
  name: "user/adopt",
  summary: "Give accounts made by other tools their rows in provisioning",
  description:
    "For accounts made by kamctl, kamcli or SQL. They get their domain's default servers; those of which Kamailio has digests only get no password. With --all, domains without default servers are passed over and named.",
  access: "read_write",
  params: {
    user: optional(positional(address("the account's address", "alice@example.org", null))),
    username: optional(text("user part, with --domain", "alice", 64)),
    domain: optional(domain("every account of a domain")),
    all: toggle("every account"),
  },
  relations: [exactlyOne("user", "domain", "all"), needs("username", "domain")],
  answers: {
    adopted: answer.list(answer.text()),
    without_password: answer.list(answer.text()),
    without_servers: answer.optional(answer.list(answer.text())),
  },
  examples: [
    { command: "hermes user adopt alice@example.org" },
    { command: "hermes user adopt --all" },
  ],
  async run(stores, { user, username, domain }) {
    await stores.locks.take("addresses");
    const one = username === undefined ? user : { username, domain: domain as string };
    const scope = one ?? (domain === undefined ? {} : { domain });
    if (one !== undefined) await requireSubscriber(stores, one);
    const answer = await adoptAll(stores, scope);
    if (scope.domain !== undefined && answer.without_servers !== undefined) {
      throw failed(
        "servfail",
        `${scope.domain} has no default servers for phones. Set them: hermes domain set-servers ${scope.domain} …`,
      );
    }
    return answer;
  },
});

/** Adopts every account of the scope that can be, and says which. */
export async function adoptAll({ adoption }: Pick<Stores, "adoption">, scope: AdoptionScope) {
  const adopted: string[] = [];
  const withoutPassword: string[] = [];
  const unserved = new Set<string>();
  for await (const accounts of adoption.adopt(scope, unserved)) {
    for (const { address, withPassword } of accounts) {
      const shown = formatSipAddress(address);
      adopted.push(shown);
      if (!withPassword) withoutPassword.push(shown);
    }
  }
  return {
    adopted: adopted.sort(),
    without_password: withoutPassword.sort(),
    ...(unserved.size > 0 ? { without_servers: [...unserved].sort() } : {}),
  };
}
