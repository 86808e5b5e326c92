import * as answer from "../../answers";
import { counted } from "../../model/words";
import { naming, optional, positional } from "../../params/param";
import { exactlyOne, needs } from "../../params/relations";
import { address, domain, text, toggle } from "../../params/types";
import { adoptAll, adoption } from "../../rules/adopt-all";
import { carryOutOne } from "../../rules/carry-out";
import { adoptAccount } from "../../rules/change-account";
import { noServers } from "../../rules/refusals";
import { node } from "../node";

export const adopt = node({
  name: "user/adopt",
  summary: "Give accounts made by other tools their rows in provisioning",
  description:
    "For accounts made by kamctl, kamcli or SQL. They get their domain's default servers; those of which Kamailio has digests only get no password. With --all, domains without default servers are passed over and named.",
  access: "read_write",
  params: {
    user: optional(
      positional(naming("account", address("the account's address", "alice@example.org", null))),
    ),
    username: optional(text("user part, with --domain", "alice", { max: 64, placeholder: "NAME" })),
    domain: optional(domain("every account of a domain")),
    all: toggle("every account"),
  },
  relations: [exactlyOne("user", "domain", "all"), needs("username", "domain")],
  answers: {
    adopted: answer.list(answer.text()),
    without_password: answer.list(answer.text()),
    without_servers: answer.optional(answer.list(answer.text())),
  },
  tells: {
    verb: ["Adopt", "Adopted"],
    what: ({ adopted }) => counted(adopted.length, "account"),
    shows: ["adopted", "without_password", "without_servers"],
  },
  examples: [
    { command: "hermes user adopt alice@example.org" },
    { command: "hermes user adopt --all" },
  ],
  locks: adoptAccount.locks,
  async run(stores, { user, username, domain }) {
    const one = username === undefined ? user : { username, domain: domain as string };
    if (one !== undefined) {
      const adopted = await carryOutOne(stores, adoptAccount, one);
      return adoption(adopted === undefined ? [] : [adopted], []);
    }
    const answer = await adoptAll(stores, domain === undefined ? {} : { domain });
    if (domain !== undefined && answer.without_servers !== undefined)
      throw noServers(domain, "servfail");
    return answer;
  },
});
