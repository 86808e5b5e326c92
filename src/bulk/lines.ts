import type { Entry, Reader, Source } from "./input";
import { readableLines } from "./text";

/** One value a line, all of one column. `#` and what follows it is a remark. */
export class LinesReader implements Reader {
  readonly unit = "line";

  constructor(private readonly column: string) {}

  async *entries(source: Source): AsyncGenerator<Entry[]> {
    let at = 0;
    for await (const some of readableLines(source)) {
      const entries: Entry[] = [];
      for (const line of some) {
        at++;
        const remark = line.indexOf("#");
        const value = (remark < 0 ? line : line.slice(0, remark)).trim();
        if (value !== "") entries.push({ at, given: { [this.column]: value }, raw: value });
      }
      yield entries;
    }
  }

  rejected({ raw }: Entry, reason: string): string {
    return `${raw} # ${reason}\n`;
  }
}
