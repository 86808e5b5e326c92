import * as answer from "../../answers";
import { token } from "../../params/operators";
import { positional } from "../../params/param";
import { removeApiKey } from "../../rules/api-keys";
import { node } from "../node";

export const removeApikey = node({
  name: "auth/remove_apikey",
  summary: "Remove an API key and end its sessions",
  access: "read_write",
  params: { api_key: positional(token("the key or its id")) },
  // It is the id.
  answers: { key: answer.text() },
  tells: {
    verb: ["Remove", "Removed"],
    what: ({ key }) => `API key ${key} and its sessions`,
    destroys: true,
  },
  examples: [{ command: "hermes auth remove-apikey 3f9c0a51be" }],
  rule: removeApiKey,
  wanted: ({ api_key: keyOrId }) => keyOrId,
  answer: (id) => ({ key: id }),
});
