import type { ExtensionName } from "../model/extension-name";
import { extension } from "./extension";
import { asText, type Param, simple } from "./param";

/** An account by any name it has: its address, an alias, an extension, a number however it is written. */
export function person(about = "the account's address, an alias or a number of it") {
  const named = extension(about);
  return simple({
    about,
    example: "alice@example.org",
    placeholder: "PERSON",
    parse: async (raw): Promise<ExtensionName> => {
      const text = asText(raw).trim();
      if (/^\+[\d\s().-]+$/.test(text)) {
        const { parseE164 } = await import("../model/e164");
        const number = parseE164(text)?.number;
        if (number !== undefined) return { username: number, domain: undefined };
      }
      return named.parse(text, "user");
    },
  }) satisfies Param<ExtensionName>;
}
