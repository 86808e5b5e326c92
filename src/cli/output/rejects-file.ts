import { Draft } from "../../files/draft";
import { critical } from "../../model/refusal";
import { systemReason } from "../../model/system-reason";
import { invalidParameters } from "../../params/param";

/**
 * Where rejected rows go: a file that only its owner may read, as passwords may stand in it. It
 * takes its place when all is done, so that it may have the input's own name.
 */
export class RejectsFile {
  private constructor(
    private readonly file: string,
    private readonly draft: Draft,
  ) {}

  static async open(file: string): Promise<RejectsFile> {
    try {
      return new RejectsFile(file, await Draft.open(file));
    } catch (error) {
      throw invalidParameters(`Can't write ${file}: ${systemReason(error)}.`);
    }
  }

  write(text: string): Promise<void> {
    return this.whileImporting(() => this.draft.write(text));
  }

  /** Forgets what was written: the import begins anew. */
  restart(): Promise<void> {
    return this.whileImporting(() => this.draft.restart());
  }

  /** To be awaited before the import is certain: if there is no room for the rows, there is none by now. */
  settle(): Promise<void> {
    return this.whileImporting(() => this.draft.settle());
  }

  keep(): Promise<void> {
    return this.trying(() => this.draft.keep(), "The other rows were imported.");
  }

  discard(): Promise<void> {
    return this.draft.discard();
  }

  private whileImporting(body: () => Promise<void>): Promise<void> {
    return this.trying(body, "Nothing was imported.");
  }

  private async trying(body: () => Promise<void>, outcome: string): Promise<void> {
    try {
      await body();
    } catch (error) {
      throw critical("output", `Can't write ${this.file}: ${systemReason(error)}. ${outcome}`);
    }
  }
}
