import * as answer from "../../answers";
import { positional } from "../../params/param";
import { domain } from "../../params/types";
import { noServers } from "../../rules/refusals";
import { node } from "../node";

export const getServers = node({
  name: "domain/get_servers",
  summary: "Show a domain's default servers for phones",
  access: "limited_read",
  params: { domain: positional(domain("the domain")) },
  answers: { domain: answer.text(), servers: answer.servers() },
  examples: [{ command: "hermes domain get-servers example.org" }],
  async run({ servers }, { domain }) {
    const found = await servers.find(domain);
    if (found === undefined) {
      throw noServers(domain, "nonexistant");
    }
    return { domain, servers: found };
  },
});
