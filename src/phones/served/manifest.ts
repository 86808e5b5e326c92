import { createHash } from "node:crypto";
import { join } from "node:path";
import { failed } from "../../model/refusal";
import { isServedPath } from "../paths";
import { type ServedFolder, STRANGE } from "./folder";

/** What `sha256sum --check` reads: digest, two spaces, path. */
export const MANIFEST = ".hermes-manifest";

export type Digest = string;

export const digestOf = (content: string | Buffer): Digest =>
  createHash("sha256").update(content).digest("hex");

/**
 * What Hermes wrote into a folder. A file is Hermes' own while it holds what the manifest says.
 * What is about to be written is noted first, at the end of the file: after a run that was cut off
 * a path may stand there twice, and either content is ours.
 */
export class Manifest {
  private changed = false;

  private constructor(
    private readonly folder: ServedFolder,
    private readonly digests: Map<string, Digest | Digest[]>,
  ) {}

  /** Refuses (failed/manifest) one that Hermes can't have written. */
  static read(folder: ServedFolder): Manifest {
    const content = folder.read(MANIFEST);
    const path = join(folder.path, MANIFEST);
    const digests = new Map<string, Digest | Digest[]>();
    if (content === undefined) return new Manifest(folder, digests);
    if (content === STRANGE) throw failed("manifest", `${path} is no file. Take it away.`);
    const lines = content.toString().split("\n");
    // A run that was cut off may have left half a line at the end.
    for (const [index, line] of lines.slice(0, -1).entries()) {
      const [, digest, name] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? [];
      if (digest === undefined || name === undefined || !isServedPath(name)) {
        throw failed(
          "manifest",
          `${path}, line ${index + 1}, is not as Hermes writes it. Without it Hermes takes every file for somebody else's.`,
        );
      }
      const before = digests.get(name);
      digests.set(name, before === undefined ? digest : [before, digest].flat());
    }
    return new Manifest(folder, digests);
  }

  names(): string[] {
    return [...this.digests.keys()];
  }

  has(name: string, digest: Digest): boolean {
    const known = this.digests.get(name);
    return typeof known === "string" ? known === digest : (known?.includes(digest) ?? false);
  }

  /** Notes what is about to be written. */
  announce(name: string, digest: Digest): void {
    const before = this.digests.get(name);
    this.digests.set(name, before === undefined ? digest : [before, digest].flat());
    this.changed = true;
    this.folder.append(MANIFEST, line(name, digest));
  }

  /** The file holds that, and no other content is expected any more. */
  settle(name: string, digest: Digest): void {
    if (this.digests.get(name) === digest) return;
    this.digests.set(name, digest);
    this.changed = true;
  }

  forget(name: string): void {
    if (this.digests.delete(name)) this.changed = true;
  }

  /** Puts all that is known in the file's place, where that is something new. */
  save(): void {
    if (!this.changed) return;
    const entries = [...this.digests].sort(([a], [b]) => (a < b ? -1 : 1));
    const lines = entries.flatMap(([name, known]) => [known].flat().map((one) => line(name, one)));
    this.folder.write(MANIFEST, lines.join(""));
  }
}

const line = (name: string, digest: Digest) => `${digest}  ${name}\n`;
