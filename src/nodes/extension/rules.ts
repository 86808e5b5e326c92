import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { formatSipAddress, type SipAddress } from "../../model/sip-address";
import type { ExtensionName } from "../../params/extension";
import { invalidParameters } from "../../params/param";
import type { Operator } from "../../store/provisioning/operators";
import type { Stores } from "../../store/stores";

/** The accounts that a name may mean: one with a domain means one at most. */
export async function findExtensions(
  { extensions }: Pick<Stores, "extensions">,
  { username, domain }: ExtensionName,
): Promise<SipAddress[]> {
  if (domain === undefined) return extensions.named(username);
  const found = await extensions.find({ username, domain });
  return found === undefined ? [] : [found];
}

/** The address of the account that the extension is; refuses with `nonexistant`. */
export async function requireExtension(
  stores: Pick<Stores, "extensions">,
  name: ExtensionName,
): Promise<SipAddress> {
  const [extension, ...others] = await findExtensions(stores, name);
  const shown = name.domain === undefined ? name.username : `${name.username}@${name.domain}`;
  if (extension === undefined) {
    throw failed("nonexistant", `There is no account ${shown}, nor an alias that leads to one.`);
  }
  if (others.length > 0) {
    const all = [extension, ...others].map(formatSipAddress).join(", ");
    throw invalidParameters(`${shown} may be any of ${all}. Give the whole address.`);
  }
  return extension;
}

/** The operator who manages the extension, where there is one. */
export async function managerOf(
  { managingUsers, operators }: Pick<Stores, "managingUsers" | "operators">,
  extension: SipAddress,
): Promise<Operator | undefined> {
  const id = await managingUsers.of(extension);
  return id === undefined ? undefined : operators.findById(id);
}

/** Clears what hangs on an extension: nobody manages it, nobody holds a right on it. */
export async function forgetExtension(
  { managingUsers, extensionRights }: Pick<Stores, "managingUsers" | "extensionRights">,
  extension: SipAddress,
): Promise<void> {
  await managingUsers.clear(extension);
  await extensionRights.removeOfExtension(extension);
}

/** The answer's field for the operator from whom an extension was taken. */
export const previousManager = () => answer.text({ label: "managed before by" });

export const unset = (extension: SipAddress) =>
  failed("unset", `${formatSipAddress(extension)} has no managing user.`);
