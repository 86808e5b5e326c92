import * as answer from "../../answers";
import { apiKeyId, digestOf, sameDigest } from "../../model/credentials";
import { failed } from "../../model/refusal";
import { token } from "../../params/operators";
import { positional } from "../../params/param";
import { node } from "../node";

export const removeApikey = node({
  name: "auth/remove_apikey",
  summary: "Remove an API key and end its sessions",
  access: "read_write",
  params: { api_key: positional(token("the key or its id")) },
  // It is the id.
  answers: { key: answer.text() },
  examples: [{ command: "hermes auth remove-apikey 3f9c0a51be" }],
  async run({ apiKeys, sessions }, { api_key: given }) {
    const id = apiKeyId(given);
    const known = await apiKeys.find(id ?? given);
    if (known === undefined || (id !== undefined && !sameDigest(digestOf(given), known.digest))) {
      throw failed("nonexistant", "There is no such API key. See: hermes auth list-apikeys");
    }
    await sessions.removeOfApiKey(known.id);
    await apiKeys.remove(known.id);
    return { key: known.id };
  },
});
