import type { FormatName } from "./formats";

/** A file that a vendor's phones ask for. */
export interface VendorFile {
  /** Its names, templates too; what becomes empty is no name. Each has the phone's MAC in it. */
  readonly names: readonly string[];
  readonly format: FormatName;
  readonly template: string;
  /** Where the template begins, in a file of the site's own. */
  readonly line?: number;
}

/** Phones of one make, and how they are told what they are. */
export interface Vendor {
  /** What `--vendor` takes. */
  readonly name: string;
  readonly title: string;
  /** Models that the template is for; others may understand it too. */
  readonly models: readonly string[];
  /** The first six hex digits of its MAC addresses (IEEE's registry), where those are phones. */
  readonly ouis: readonly string[];
  /** How many accounts a phone can have. */
  readonly lines: number;
  readonly files: readonly VendorFile[];
  /** The site's file that it was read from. */
  readonly source?: string;
}
