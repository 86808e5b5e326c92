import { type FileHandle, lstat, open, realpath, rename, rm } from "node:fs/promises";
import { invalidParameters } from "../../params/param";

/**
 * Where rejected rows go: a file that only its owner may read, as passwords may stand in it. It
 * takes its place when all is done, so that it may have the input's own name.
 */
export class RejectsFile {
  private constructor(
    private readonly place: string,
    private readonly written: string,
    private readonly handle: FileHandle,
  ) {}

  static async open(file: string): Promise<RejectsFile> {
    try {
      const place = await realpath(file).catch(() => file);
      const present = await lstat(place).catch(() => undefined);
      if (present !== undefined && !present.isFile()) {
        // A pipe or a device is written to as it is.
        return new RejectsFile(place, place, await open(place, "w"));
      }
      const written = `${place}.${process.pid}.part`;
      await rm(written, { force: true });
      return new RejectsFile(place, written, await open(written, "wx", 0o600));
    } catch (error) {
      throw invalidParameters(`Can't write ${file}: ${(error as Error).message}`);
    }
  }

  async write(text: string): Promise<void> {
    await this.handle.write(text);
  }

  /** Forgets what was written: the import begins anew. */
  async restart(): Promise<void> {
    if (this.written === this.place) return;
    await this.handle.truncate(0);
  }

  async keep(): Promise<void> {
    await this.handle.close();
    if (this.written !== this.place) await rename(this.written, this.place);
  }

  async discard(): Promise<void> {
    await this.handle.close().catch(() => {});
    if (this.written !== this.place) await rm(this.written, { force: true });
  }
}
