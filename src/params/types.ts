import { DOMAIN_MAX, parseDomain } from "../model/domain-name";
import type { E164 } from "../model/e164";
import { EMAIL_MAX, isEmail } from "../model/email";
import { parseMac } from "../model/mac";
import { isPassword, PASSWORD_MAX } from "../model/password";
import { failed } from "../model/refusal";
import { parseSipAddress, type SipAddress, USERNAME_MAX } from "../model/sip-address";
import { SIP_PORT } from "../model/sip-port";
import { isLongerThan } from "../model/text-length";
import { asText, type Input, Malformed, naming, type Param, simple } from "./param";

/** The longest text that is taken for any value: Kamailio's and our columns are VARCHAR(255) at most. */
const TEXT_MAX = 255;

/** One line of text without control characters. What is no free text has a placeholder of its own. */
export function text(
  about: string,
  example: string,
  { max = TEXT_MAX, placeholder = "TEXT" } = {},
): Param<string> {
  return simple({
    about,
    example,
    placeholder,
    parse: (raw) => {
      const value = asText(raw);
      if (isLongerThan(value, max)) throw new Malformed(`is longer than ${max} characters`);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
      if (/[\x00-\x1f\x7f]/.test(value)) throw new Malformed("has control characters in it");
      if (/\p{Surrogate}/u.test(value)) throw new Malformed("has half a character in it");
      return value;
    },
  });
}

/**
 * A person's address or a program's: `<user>`, or by its two parts under names of their own. Without
 * a domain it is in the site's default one, where that is configured.
 */
export function address(
  about: string,
  example = "alice@example.org",
  parts: { username: string; domain: string } | null = {
    username: "username",
    domain: "domain",
  },
): Param<SipAddress> {
  return {
    required: true,
    positional: false,
    completed: true,
    example,
    inputs: (key): Input[] => [
      { name: key, placeholder: "ADDRESS", about, names: "address" },
      ...(parts === null
        ? []
        : ([
            {
              name: parts.username,
              placeholder: "NAME",
              about: `user part, with --${parts.domain.replaceAll("_", "-")}`,
            },
            {
              name: parts.domain,
              placeholder: "DOMAIN",
              names: "domain",
              about: `domain, with --${parts.username.replaceAll("_", "-")}`,
            },
          ] as const)),
    ],
    gather: (given, key, defaults = {}) => {
      const whole = given[key] ?? undefined;
      if (parts === null) return whole;
      const username = given[parts.username] ?? undefined;
      const named = given[parts.domain] ?? undefined;
      if (username === undefined && named === undefined) return whole;
      if (whole !== undefined) {
        throw new Malformed(
          `is given twice: give ${key}, or ${parts.username} and ${parts.domain}`,
        );
      }
      const domain = named ?? defaults.domain;
      if (username === undefined || domain === undefined || username === "" || domain === "")
        return "";
      return `${asText(username)}@${asText(domain)}`;
    },
    parse: (raw, _key, { domain } = {}) => {
      const given = asText(raw).trim();
      const whole = given.includes("@") || domain === undefined ? given : `${given}@${domain}`;
      const parsed = parseSipAddress(whole);
      if (parsed === undefined) {
        throw new Malformed(
          `is not a SIP address of at most ${USERNAME_MAX}+${DOMAIN_MAX} characters`,
        );
      }
      return parsed;
    },
    refuse: (detail) => failed("invalid", detail),
  };
}

/** The account that a node is about. */
export const user = (about = "the account's address") => naming("account", address(about));

export function domain(about: string, example = "example.org"): Param<string> {
  return simple({
    about,
    example,
    placeholder: "DOMAIN",
    names: "domain",
    parse: (raw) => {
      const parsed = parseDomain(asText(raw));
      if (parsed === undefined) throw new Malformed("is not a domain name");
      return parsed;
    },
  });
}

/** A host name or IP address, as phones are told to contact it. */
export const host = (about: string, example = "sip.example.org") => ({
  ...domain(about, example),
  inputs: (key: string) => [{ name: key, placeholder: "HOST", about }],
});

export function port(about: string): Param<number> {
  return simple({
    about,
    example: String(SIP_PORT),
    placeholder: "PORT",
    parse: (raw) => {
      const digits = asText(raw).trim();
      const value = Number(digits);
      if (!/^\d{1,5}$/.test(digits) || value < 1 || value > 65535) {
        throw new Malformed("is not a port number from 1 to 65535");
      }
      return value;
    },
  });
}

/** A whole number from `min` to `max`. */
export function integer(about: string, example: string, min: number, max: number): Param<number> {
  return simple({
    about,
    example,
    placeholder: "N",
    parse: (raw) => {
      const digits = asText(raw).trim();
      const value = Number(digits);
      if (!/^-?\d{1,15}$/.test(digits) || value < min || value > max) {
        throw new Malformed(`is not a whole number from ${min} to ${max}`);
      }
      return value;
    },
  });
}

/** How many rows of a list are wanted at most. */
export const limit = () => integer("at most so many", "5", 1, Number.MAX_SAFE_INTEGER);

export function email(about = "the person's mail address"): Param<string> {
  return simple({
    about,
    example: "alice@example.org",
    placeholder: "EMAIL",
    parse: (raw) => {
      const value = asText(raw).trim();
      if (!isEmail(value)) {
        throw new Malformed(`is not a mail address of at most ${EMAIL_MAX} characters`);
      }
      return value;
    },
  });
}

/** A secret that a person may also be prompted for. */
export function password(about: string): Param<string> {
  return simple({
    about,
    example: "S3cr3t-w0rds",
    placeholder: "PASSWORD",
    secret: true,
    parse: (raw) => {
      const value = asText(raw);
      if (!isPassword(value)) {
        throw new Malformed(`must be 1 to ${PASSWORD_MAX} printable ASCII characters`);
      }
      return value;
    },
  });
}

export function mac(about = "the phone's MAC address"): Param<string> {
  return simple({
    about,
    example: "f0:0b:a2:ba:5c:00",
    placeholder: "MAC",
    names: "phone",
    parse: (raw) => {
      const parsed = parseMac(asText(raw));
      if (parsed === undefined) throw new Malformed("is not a MAC address");
      return parsed;
    },
    refuse: (detail) => failed("invalid", detail),
  });
}

export function e164(about: string, example = "+4712345000"): Param<E164> {
  return simple({
    about,
    example,
    placeholder: "NUMBER",
    parse: async (raw) => {
      const { parseE164 } = await import("../model/e164");
      const parsed = parseE164(asText(raw));
      if (parsed === undefined) throw new Malformed("Not a valid E164 number");
      return parsed;
    },
    refuse: (detail) => failed("rejected", detail),
  });
}

/** A switch: `--flag`, or true/false from JSON. */
export function toggle(about: string): Param<boolean> {
  return {
    ...simple({
      about,
      example: "true",
      parse: (raw) => {
        if (raw === true || raw === 1 || raw === "true" || raw === "1" || raw === "yes")
          return true;
        if (raw === false || raw === 0 || raw === "false" || raw === "0" || raw === "no")
          return false;
        throw new Malformed("is neither true nor false");
      },
    }),
    gather: (given, key) => given[key] ?? false,
  };
}

/** What is looked for in a text. */
export const matching = (about: string, example: string): Param<string> =>
  text(`${about}: any part, or the whole with * and ?`, example, { placeholder: "PATTERN" });

export const search = (of: string, example: string) => matching(`only ${of} that match`, example);

/** One of a few words; the placeholder says of what kind they are. */
export function choice<T extends string>(
  about: string,
  placeholder: string,
  choices: readonly T[],
): Param<T> {
  return simple({
    about,
    choices,
    example: choices[0] ?? "",
    placeholder,
    parse: (raw) => {
      const value = asText(raw).trim();
      const found = choices.find((known) => known.toLowerCase() === value.toLowerCase());
      if (found === undefined) throw new Malformed(`is none of ${choices.join(", ")}`);
      return found;
    },
  });
}

export function url(about: string, example: string): Param<string> {
  return simple({
    about,
    example,
    placeholder: "URL",
    parse: (raw) => {
      const value = asText(raw).trim();
      if (value.length > TEXT_MAX || !/^(https?|tftp|ftp):\/\/[\x21-\x7e]+$/.test(value)) {
        throw new Malformed("is not an http, https, ftp or tftp URL");
      }
      return value;
    },
  });
}
