import { apiKeyId, digestOf, sameDigest } from "../model/credentials";
import { failed } from "../model/refusal";
import type { ApiKeyValues } from "../store/provisioning/api-keys";
import { rule } from "./rule";

/** auth/new_apikey. */
export const addApiKey = rule<Omit<ApiKeyValues, "created" | "lastUsed"> & { id: string }, void>({
  locks: ["operators"],
  asks: [() => ({ clock: true })],
  // Whoever asks has the key beside these, which must not get into the record of changes.
  decide(facts, { id, digest, host, access, operatorId }) {
    const kept = { digest, host, access, operatorId };
    facts.add("apiKey", id, { ...kept, created: facts.now, lastUsed: null });
  },
});

/** auth/remove_apikey, by the key or its id; answers the id. */
export const removeApiKey = rule<string, string>({
  locks: ["operators"],
  asks: [(given) => ({ apiKeys: given.map((keyOrId) => apiKeyId(keyOrId) ?? keyOrId) })],
  decide(facts, given) {
    const id = apiKeyId(given);
    const known = facts.get("apiKey", id ?? given);
    const wrong = id !== undefined && !sameDigest(digestOf(given), known?.value.digest ?? "");
    if (known === undefined || wrong) {
      throw failed("nonexistant", "There is no such API key. See: hermes auth list-apikeys");
    }
    facts.remove("apiKey", known.key);
    return known.key;
  },
});
