import * as answer from "../../answers";
import { digestOf, newApiKey } from "../../model/credentials";
import { accessLevel, hostAddress } from "../../params/operators";
import { positional } from "../../params/param";
import { addApiKey } from "../../rules/api-keys";
import { node } from "../node";

export const newApikey = node({
  name: "auth/new_apikey",
  summary: "Make an API key for programs on one machine or network",
  description:
    "The key is shown this once. It works where the machine that Hermes runs on has that address, and ends with the operator who made it.",
  access: "read_write",
  params: {
    host_ip: positional(hostAddress("the address of the machine, or its network in CIDR notation")),
    access: accessLevel("what the key is to be allowed"),
  },
  answers: {
    key: answer.secret({ fresh: true }),
    id: answer.text(),
    host: answer.text(),
    access: answer.accessLevel(),
  },
  tells: {
    verb: ["Make", "Made"],
    what: ({ id, host, access }) => `API key ${id} for ${host}, ${access}`,
  },
  examples: [
    { command: "hermes auth new-apikey 10.20.30.40 --access read_write" },
    { command: "hermes auth new-apikey 2001:db8:1::/64 --access limited_read" },
  ],
  rule: addApiKey,
  wanted({ host_ip: host, access }, { authority }) {
    const { id, key } = newApiKey();
    const operatorId = authority.operatorId ?? null;
    return { id, key, digest: digestOf(key), host, access, operatorId };
  },
  answer: (_outcome, _params, { key, id, host, access }) => ({ key, id, host, access }),
});
