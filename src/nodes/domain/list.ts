import { node } from "../node";

export const list = node({
  name: "domain/list",
  summary: "List the domains that Kamailio serves",
  description:
    "Domains are Kamailio's own configuration: add them there, or with hermes init --embedded.",
  access: "limited_read",
  params: {},
  answers: ["list"],
  examples: [{ command: "hermes domain list" }],
  async run({ domains }) {
    return { list: await domains.list() };
  },
});
