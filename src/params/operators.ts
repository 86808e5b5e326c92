import { ACCESS_LEVELS, type AccessLevel } from "../model/access";
import { parseHostAddress } from "../model/host-address";
import { parsePasswordHash } from "../model/operator-password";
import { isLongerThan } from "../model/text-length";
import { asText, Malformed, naming, type Param, simple } from "./param";
import { choice } from "./types";

const USERNAME_MAX = 64;
const PASSWORD_MAX = 255;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An operator's name: one word of any script. An id is none, so that either can be looked up. */
export function operatorName(about = "the operator's username"): Param<string> {
  return simple({
    about,
    example: "bob",
    placeholder: "NAME",
    parse: (raw) => {
      const name = asText(raw).normalize("NFC");
      const isWord = /^(?!key:)[^\s\p{C}]+$/u.test(name) && !UUID.test(name);
      if (!isWord || isLongerThan(name, USERNAME_MAX)) {
        throw new Malformed(`is not one word of at most ${USERNAME_MAX} characters`);
      }
      return name;
    },
  });
}

/** An operator's name or id. */
export function operatorNameOrId(about = "the operator's username or id"): Param<string> {
  const name = naming("operator", operatorName(about));
  return {
    ...name,
    parse: (raw, key) =>
      UUID.test(asText(raw)) ? asText(raw).toLowerCase() : name.parse(raw, key),
  };
}

/** The id that a new operator is to have. */
export const operatorId = (about = "the new operator's id; left out, one is made"): Param<string> =>
  simple({
    about,
    example: "56cf70a3-1ee0-4b09-8f40-297430eeeddf",
    placeholder: "UUID",
    parse: (raw) => {
      const id = asText(raw).toLowerCase();
      if (!UUID.test(id)) throw new Malformed("is not a UUID");
      return id;
    },
  });

export const accessLevel = (about = "what it is to be allowed"): Param<AccessLevel> =>
  choice(about, "ACCESS", ACCESS_LEVELS);

/** An operator's password, which no phone has to be able to type. */
export function operatorPassword(about: string): Param<string> {
  return secret(about, "S3cr3t-w0rds", "PASSWORD", (text) => {
    if (isLongerThan(text, PASSWORD_MAX)) {
      throw new Malformed(`is longer than ${PASSWORD_MAX} characters`);
    }
    if (/\p{Cc}/u.test(text)) throw new Malformed("has control characters in it");
    return text;
  });
}

/** A password that is hashed already. */
export function passwordHash(about: string): Param<string> {
  return secret(about, "e5e9fa1ba31ecd1ae84f75caaa474f3a663f05f4", "HASH", (text) => {
    const hash = parsePasswordHash(text.trim());
    if (hash === undefined) {
      throw new Malformed("is neither $scrypt$ln=…,r=…,p=…$salt$hash nor an SHA-1 in hex");
    }
    return hash;
  });
}

/** A session, an auth_key or an API key. */
export const token = (about: string): Param<string> =>
  secret(about, "…", "KEY", (text) => text.trim());

/** An IP address or a network, v4 or v6. */
export function hostAddress(about: string): Param<string> {
  return simple({
    about,
    example: "10.20.30.40",
    placeholder: "ADDRESS",
    parse: (raw) => {
      const host = parseHostAddress(asText(raw));
      if (host === undefined) {
        throw new Malformed("is neither an IP address nor a network such as 10.20.30.0/24");
      }
      return host;
    },
  });
}

function secret(
  about: string,
  example: string,
  placeholder: string,
  check: (text: string) => string,
): Param<string> {
  return simple({
    about,
    example,
    placeholder,
    secret: true,
    parse: (raw) => check(asText(raw)),
  });
}
