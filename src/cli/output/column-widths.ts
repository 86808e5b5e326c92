/** Below this a column is no longer worth reading. */
const COLUMN_MIN = 8;

/**
 * Columns' widths so that all of them fit into `room`: the widest give way first.
 * Undefined where that would leave them too narrow to read.
 */
export function columnWidths(natural: readonly number[], room: number): number[] | undefined {
  const widths = [...natural];
  let over = widths.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const widest = Math.max(...widths);
    if (widest <= COLUMN_MIN) return undefined;
    widths[widths.indexOf(widest)] = widest - 1;
    over--;
  }
  return widths;
}
