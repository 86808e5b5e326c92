/** Below this a column is no longer worth reading. */
const COLUMN_MIN = 8;

/**
 * Columns' widths so that all of them fit into `room`: the widest give way first, none below what it
 * has at least. Undefined where that would leave them too narrow to read.
 */
export function columnWidths(
  natural: readonly number[],
  room: number,
  least: readonly number[] = [],
): number[] | undefined {
  const widths = [...natural];
  let over = widths.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const givable = widths.map((width, index) =>
      width > Math.max(COLUMN_MIN, least[index] ?? 0) ? width : 0,
    );
    const widest = Math.max(...givable);
    if (widest === 0) return undefined;
    widths[givable.indexOf(widest)] = widest - 1;
    over--;
  }
  return widths;
}
