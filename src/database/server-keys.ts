import type { AuthPlugin, authPlugins } from "mysql2";
import { DatabaseError } from "./error";

/**
 * MySQL's log-ins that hand over the password itself, encrypted by a key that the server sends:
 * without TLS whoever stands in between sends a key of their own and reads it. So no key is taken.
 * A password that the server remembers from an earlier log-in is proven by its digest as always.
 */
export const withoutServerKeys = (plugins: typeof authPlugins): Record<string, AuthPlugin> => ({
  caching_sha2_password: plugins.caching_sha2_password({ onServerPublicKey: refuse }),
  sha256_password: plugins.sha256_password({ onServerPublicKey: refuse }),
});

function refuse(): never {
  throw new DatabaseError(
    "refused",
    "the server wants the password itself, which Hermes gives nobody without TLS (add ?ssl-mode=VERIFY_IDENTITY&ssl-ca=FILE to the URL, or on the server's own host ?socket=FILE)",
  );
}
