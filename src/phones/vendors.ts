import { hint } from "../model/closest";
import { isModel } from "../model/phone";
import { critical, failed, Refusal } from "../model/refusal";
import { readOwnVendors } from "./own-vendors";
import { isPathOf, isServedPath } from "./paths";
import type { PhoneProfile } from "./profile";
import { compile, namesOf, type Template } from "./template";
import type { Vendor } from "./vendor";
import { VENDORS } from "./vendors/index";
import { EXAMPLE, type View, viewOf } from "./view";

/** A file of a phone's configuration: its path under the folder that is served, and all that is in it. */
export interface RenderedFile {
  readonly name: string;
  readonly content: string;
}

interface CompiledFile {
  readonly names: readonly Template[];
  readonly content: Template;
}

/** The vendors that a site's phones may be of: Hermes' own, and what the site has put in their place. */
export class PhoneVendors {
  private readonly compiled = new Map<Vendor, readonly CompiledFile[]>();

  private constructor(private readonly vendors: ReadonlyMap<string, Vendor>) {}

  /** Reads the site's folder too, where it has one. Refuses (error/config) a file with a fault. */
  static async load(folder?: string): Promise<PhoneVendors> {
    const own = folder === undefined ? [] : await readOwnVendors(folder);
    const all = new Map([...VENDORS, ...own].map((vendor) => [vendor.name, vendor]));
    const vendors = new PhoneVendors(all);
    // A fault of the site's own is told of at once; Hermes' own are made ready as they are needed.
    for (const vendor of all.values()) if (vendor.source !== undefined) vendors.filesOf(vendor);
    return vendors;
  }

  /** By name. */
  list(): Vendor[] {
    return [...this.vendors.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  has(name: string): boolean {
    return this.vendors.has(name.toLowerCase());
  }

  /** Refuses (failed/vendor) one that is not known. */
  named(name: string): Vendor {
    const vendor = this.vendors.get(name.toLowerCase());
    if (vendor !== undefined) return vendor;
    const known = [...this.vendors.keys()].sort();
    throw failed("vendor", `There is no vendor ${name}. ${hint(name, known)}`);
  }

  /** Whose MAC address it is; undefined where its prefix doesn't tell. */
  guessed(mac: string): Vendor | undefined {
    const makers = [...this.vendors.values()].filter(({ ouis }) => ouis.includes(mac.slice(0, 6)));
    return makers.length === 1 ? makers[0] : undefined;
  }

  /** The phone's vendor, as set or else guessed. Refuses (failed/vendor) where neither tells. */
  of({ mac, vendor }: Pick<PhoneProfile, "mac" | "vendor">): Vendor {
    const found = vendor === null ? this.guessed(mac) : this.named(vendor);
    if (found !== undefined) return found;
    throw failed(
      "vendor",
      `Phone ${mac} has no vendor, and its address doesn't tell. Set it: hermes phone set ${mac} --vendor …`,
    );
  }

  /**
   * All files of a phone. Refuses failed/vendor, failed/model, failed/lines (more accounts than the
   * phone can have), failed/unfit (a value that the format can't carry), failed/timezone,
   * failed/password (only an account's digests are known).
   */
  render(profile: PhoneProfile): RenderedFile[] {
    const vendor = this.of(profile);
    const { mac, model } = profile;
    if (model !== null && !isModel(model)) {
      throw failed(
        "model",
        `Phone ${mac}: "${model}" is no model. Set it: hermes phone set ${mac} --model …`,
      );
    }
    if (profile.lines.length > vendor.lines) {
      throw failed(
        "lines",
        `Phone ${mac} has ${profile.lines.length} accounts, and a ${vendor.title} takes ${vendor.lines}. Take some off it: hermes phone remove … ${mac}`,
      );
    }
    const silent = profile.lines.find(({ password }) => password === "");
    if (silent !== undefined) {
      const address = `${silent.username}@${silent.domain}`;
      throw failed(
        "password",
        `Phone ${mac}: ${address} has no password that a phone could be given. Make one: hermes user change-pw ${address} --generate`,
      );
    }
    const view = viewOf({ ...profile, vendor: vendor.name }, vendor.lines);
    const subject = `Phone ${mac}`;
    return this.filesOf(vendor).flatMap(({ names, content }) => {
      const paths = names.map((name) => name(view, subject)).filter((path) => path !== "");
      for (const path of paths) checkPath(path, mac, vendor);
      const text = paths.length === 0 ? "" : content(view, subject);
      return paths.map((name) => ({ name, content: text }));
    });
  }

  /** The same; a Refusal that is about this phone alone is answered. */
  tryRender(profile: PhoneProfile): RenderedFile[] | Refusal {
    try {
      return this.render(profile);
    } catch (error) {
      if (error instanceof Refusal && error.response !== "error") return error;
      throw error;
    }
  }

  private filesOf(vendor: Vendor): readonly CompiledFile[] {
    const files = this.compiled.get(vendor) ?? compileFiles(vendor);
    this.compiled.set(vendor, files);
    return files;
  }
}

function compileFiles(vendor: Vendor): CompiledFile[] {
  const file = vendor.source ?? vendor.name;
  const names = namesOf(fullView(vendor.lines));
  const compiled: CompiledFile[] = [];
  for (const { names: paths, format, template, line = 1 } of vendor.files) {
    const name = (text: string) => compile({ text, file, line }, "keyvalue", names);
    compiled.push({
      names: paths.map(name),
      content: compile({ text: template, file, line }, format, names),
    });
  }
  const example = { ...EXAMPLE, vendor: vendor.name };
  const view = viewOf(example, vendor.lines);
  const examples = compiled.flatMap((each) => each.names).map((name) => name(view, file));
  for (const [index, path] of examples.entries()) {
    checkPath(path, example.mac, vendor);
    if (examples.indexOf(path) < index) {
      throw critical("config", `${file}: two files are "${path}".`);
    }
  }
  return compiled;
}

/** A view with something in every place, and in those for what is missing. */
function fullView(places: number): View {
  const lines = Array.from({ length: places }, () => EXAMPLE.lines).flat();
  const { unused, other_codecs } = viewOf({ ...EXAMPLE, codecs: [], lines: [] }, places);
  return { ...viewOf({ ...EXAMPLE, lines }, places), unused, other_codecs };
}

/** A path that stays in its folder, and is no other phone's. */
function checkPath(path: string, mac: string, { name, source = name }: Vendor): void {
  if (!isServedPath(path)) {
    throw critical("config", `${source}: "${path}" is no name for a file.`);
  }
  if (!isPathOf(path, mac)) {
    throw critical(
      "config",
      `${source}: "${path}" would be every phone's file. Put {{mac}} in it.`,
    );
  }
}
