import type { Row } from "./row";

const COLUMNS = ["work", "Hermes", "round trips", "peer", "ratio", "bar", "met?"];

/** The rows as a table that reads as text and as Markdown. */
export function table(rows: readonly Row[]): string {
  const cells = [
    COLUMNS,
    ...rows.map(({ work, hermes, trips, peer, ratio, bar, met }) => [
      work,
      hermes,
      trips,
      peer,
      ratio,
      bar,
      bar === "" ? "" : met === undefined ? "?" : met ? "yes" : "NO",
    ]),
  ];
  const widths = COLUMNS.map((_, column) =>
    Math.max(...cells.map((line) => [...(line[column] ?? "")].length)),
  );
  const lines = cells.map(
    (line) => `| ${line.map((text, column) => text.padEnd(widths[column] ?? 0)).join(" | ")} |`,
  );
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return [lines[0], rule, ...lines.slice(1)].join("\n");
}
