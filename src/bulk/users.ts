import type { Config } from "../config/config";
import type { IfExists } from "../model/if-exists";
import { generatePassword } from "../model/password";
import { addLocal } from "../nodes/user/add-local";
import { addRemote } from "../nodes/user/add-remote";
import {
  asText,
  type Given,
  invalidParameters,
  Malformed,
  optional,
  simple,
  type Values,
} from "../params/param";
import { readRow } from "../params/read";
import { choice, integer } from "../params/types";
import { type AccountOutcome, addAccount, type WantedAccount } from "../rules/add-account";
import { type Importer, withoutEmpty } from "./import";

/** The columns, in the order in which they are exported. */
export const userParams = {
  user: addLocal.params.user,
  type: optional(
    choice("local or remote; left out, as the domain is", "TYPE", ["local", "remote"] as const),
  ),
  displayname: optional(addLocal.params.displayname),
  email: optional(addLocal.params.email),
  password: optional(addRemote.params.password),
  authid: addRemote.params.authid,
  registrar: optional(addRemote.params.registrar),
  r_port: addRemote.params.r_port,
  proxy: addRemote.params.proxy,
  p_port: addRemote.params.p_port,
  dialplan: addRemote.params.dialplan,
  linetext: addRemote.params.linetext,
  permittedcalls: optional(integer("permission bits", "7", 0, 255)),
  rpid: optional(printable("the caller's identity towards others", "+4712345000")),
  ha1: optional(digest("HA1, where there is no password")),
  ha1b: optional(digest("HA1b, where there is no password")),
};

type UserValues = Values<typeof userParams>;

/** Accounts on their way into both databases. */
export const usersImporter = (
  ifExists: IfExists,
  defaults: Config["defaults"],
): Importer<WantedAccount, AccountOutcome> => ({
  params: userParams,
  together: 300,
  rule: addAccount,
  read(given) {
    const as = ({ user, ...values }: UserValues): WantedAccount => {
      if (values.ha1b !== undefined && values.ha1 === undefined && values.password === undefined) {
        throw invalidParameters("ha1b is of no use without ha1.");
      }
      return {
        ...values,
        ...emptied(given),
        ...{ address: user, ifExists, permission: defaults.permission },
        newPassword: values.password ?? generatePassword(defaults.passwordLength),
      };
    };
    const values = readRow(userParams, withoutEmpty(given), { defaults });
    return values instanceof Promise ? values.then(as) : as(values);
  },
  counted: ({ outcome }) => outcome,
});

/** What has a default, and of which the row says that there is nothing: so does an export. */
function emptied(given: Given): Partial<Record<"permittedcalls" | "linetext", null>> {
  const empty = (["permittedcalls", "linetext"] as const).filter(
    (name) => given[name] === "" || given[name] === null,
  );
  return Object.fromEntries(empty.map((name) => [name, null]));
}

function digest(about: string) {
  return simple({
    about,
    secret: true,
    example: "3bdd2bd15cf2ba2a8f2f1cd0b1bf5b2c",
    parse: (raw) => {
      const value = asText(raw).trim().toLowerCase();
      if (!/^[0-9a-f]{32}$/.test(value)) throw new Malformed("is not 32 hexadecimal digits");
      return value;
    },
  });
}

/** Text that any of Kamailio's columns can hold, whatever its character set. */
function printable(about: string, example: string) {
  return simple({
    about,
    example,
    parse: (raw) => {
      const value = asText(raw);
      if (!/^[\x20-\x7e]{1,64}$/.test(value)) {
        throw new Malformed("must be 1 to 64 printable ASCII characters");
      }
      return value;
    },
  });
}
