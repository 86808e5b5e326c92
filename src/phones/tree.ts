import { join } from "node:path";
import { Refusal, unauthorized } from "../model/refusal";
import { macsIn } from "./paths";
import type { PhoneProfile } from "./profile";
import { ServedFolder, STRANGE } from "./served/folder";
import { alone } from "./served/lock";
import { digestOf, Manifest } from "./served/manifest";
import { stateOf } from "./served/state";
import type { PhoneVendors, RenderedFile } from "./vendors";

/** What happens to a file. */
export interface TreeChange {
  readonly what: "written" | "removed";
  /** Its path within the folder. */
  readonly file: string;
}

/** A phone or a file that was left as it is, and why. The others are done. */
export interface TreeProblem {
  /** A phone's MAC address or a file's path. */
  readonly subject: string;
  /** A Refusal's cause; `foreign` for a file that Hermes did not write. */
  readonly cause: string;
  readonly detail: string;
}

export interface TreeAnswer {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly problems: readonly TreeProblem[];
}

export interface TreeOptions {
  readonly vendors: PhoneVendors;
  /** Counts and tells, and writes nothing. */
  readonly dryRun?: boolean;
  /** These are some of the phones: files of the others stay as they are. */
  readonly some?: boolean;
  /** Is told of each change, after it is done. */
  readonly onChange?: (change: TreeChange) => void;
}

/**
 * Makes a folder hold the configuration of these phones and no others, as a TFTP or HTTP server
 * hands it out. Files are replaced as a whole, and only those that differ. A file that is not as
 * Hermes left it is never touched. The phones must be all there are, but for `some`: a file of any other is removed.
 *
 * Refuses failed/unsafe, failed/inuse, failed/manifest, failed/unauthorized, error/output; what was
 * done before that stays done, and the next run goes on from there.
 */
export async function renderTree(
  profiles: AsyncIterable<PhoneProfile>,
  out: string,
  { vendors, dryRun = false, some = false, onChange = () => {} }: TreeOptions,
): Promise<TreeAnswer> {
  const folder = ServedFolder.open(out, !dryRun);
  if (dryRun || folder === undefined) {
    return new Tree(vendors, folder, false, some, onChange).render(profiles);
  }
  return alone(folder, () => new Tree(vendors, folder, true, some, onChange).render(profiles));
}

class Tree {
  private readonly manifest: Manifest | undefined;
  private readonly counts = { written: 0, unchanged: 0, removed: 0 };
  private readonly problems: TreeProblem[] = [];
  private readonly wanted = new Set<string>();
  /** Phones that can't be rendered now keep what they have. */
  private readonly spared = new Set<string>();
  private readonly rendered = new Set<string>();

  constructor(
    private readonly vendors: PhoneVendors,
    private readonly folder: ServedFolder | undefined,
    private readonly writes: boolean,
    private readonly some: boolean,
    private readonly onChange: (change: TreeChange) => void,
  ) {
    this.manifest = folder === undefined ? undefined : Manifest.read(folder);
  }

  async render(profiles: AsyncIterable<PhoneProfile>): Promise<TreeAnswer> {
    for await (const profile of profiles) {
      if (this.some) this.rendered.add(profile.mac);
      for (const file of this.filesOf(profile)) this.put(file);
    }
    this.removeOthers();
    if (this.writes) this.manifest?.save();
    return { ...this.counts, problems: this.problems };
  }

  private filesOf(profile: PhoneProfile): RenderedFile[] {
    if (profile.lines.some(({ password }) => password === null)) {
      throw unauthorized("A phone's configuration needs its passwords, and you may not see them.");
    }
    const files = this.vendors.tryRender(profile);
    if (!(files instanceof Refusal)) return files;
    this.spared.add(profile.mac);
    this.problems.push({ subject: profile.mac, cause: files.reason, detail: files.detail });
    return [];
  }

  private put(file: RenderedFile): void {
    const { name, content } = file;
    this.wanted.add(name);
    const { state, digest } = stateOf(this.folder, this.manifest, file);
    if (state === "foreign") {
      this.leave(name);
      return;
    }
    if (state === "same") {
      this.counts.unchanged++;
    } else {
      if (this.writes) {
        this.manifest?.announce(name, digest);
        this.folder?.write(name, content);
      }
      this.counts.written++;
      this.onChange({ what: "written", file: name });
    }
    this.manifest?.settle(name, digest);
  }

  private removeOthers(): void {
    for (const name of this.manifest?.names() ?? []) {
      if (this.wanted.has(name) || this.isSpared(name)) continue;
      const there = this.folder?.read(name);
      const ours =
        there !== undefined && there !== STRANGE && this.manifest?.has(name, digestOf(there));
      if (ours) {
        if (this.writes) this.folder?.remove(name);
        this.counts.removed++;
        this.onChange({ what: "removed", file: name });
      } else if (there !== undefined) {
        this.leave(name);
      }
      // Whoever changed it has it now.
      if (this.writes) this.manifest?.forget(name);
    }
  }

  private isSpared(name: string): boolean {
    if (this.some && !macsIn(name).some((mac) => this.rendered.has(mac))) return true;
    return this.spared.size > 0 && macsIn(name).some((mac) => this.spared.has(mac));
  }

  private leave(name: string): void {
    const path = join(this.folder?.path ?? "", name);
    this.problems.push({
      subject: name,
      cause: "foreign",
      detail: `${path} is not as Hermes wrote it, so it stays. Move it away to have it made anew.`,
    });
  }
}
