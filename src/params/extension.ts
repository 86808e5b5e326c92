import type { ExtensionName } from "../model/extension-name";
import { parseSipAddress } from "../model/sip-address";
import { asText, Malformed, type Param, simple } from "./param";

/** The extension that a node is about. */
export function extension(
  about = "an account's address, or an alias that leads to one",
  placeholder = "EXTENSION",
) {
  return simple({
    about,
    example: "4224@example.org",
    placeholder,
    names: "extension",
    parse: (raw): ExtensionName => {
      const text = asText(raw).trim();
      // A user part alone is one that makes an address with any domain.
      const parsed = parseSipAddress(text.includes("@") ? text : `${text}@example.org`);
      if (parsed === undefined) {
        throw new Malformed("is neither a SIP address nor the user part of one");
      }
      return text.includes("@") ? parsed : { username: parsed.username, domain: undefined };
    },
  }) satisfies Param<ExtensionName>;
}
