import type { AddressKeys } from "../model/address-keys";
import type { ExtensionPermissions } from "../model/extension-rights";
import type { SipAddress } from "../model/sip-address";
import type { HeldExtension } from "../store/provisioning/extension-rights";

/** The extensions that a lite operator manages or holds rights on. */
export class Scope {
  private readonly held: ReadonlyMap<string, HeldExtension>;

  constructor(
    extensions: readonly HeldExtension[],
    private readonly keys: AddressKeys,
  ) {
    this.held = new Map(extensions.map((each) => [keys.of(each.extension), each]));
  }

  has(extension: SipAddress): boolean {
    return this.held.has(this.keys.of(extension));
  }

  /** By an address as answers show it. */
  hasShown(address: unknown): boolean {
    const text = String(address);
    const at = text.lastIndexOf("@");
    return this.has({ username: text.slice(0, at), domain: text.slice(at + 1) });
  }

  permissions(extension: SipAddress): ExtensionPermissions | undefined {
    return this.held.get(this.keys.of(extension))?.permissions;
  }

  get extensions(): SipAddress[] {
    return [...this.held.values()].map(({ extension }) => extension);
  }
}
