import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "rolldown/utils";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a file of TypeScript says that the house has rules on. Paths are relative to the root. */
export interface Source {
  readonly file: string;
  /** Files of ours that it imports: types, re-exports and late imports count too. */
  readonly imports: readonly string[];
  /** Packages and built-in modules that it imports, as it names them. */
  readonly packages: readonly string[];
  /** Its string literals, and the fixed parts of its templates. */
  readonly texts: readonly string[];
  /** What it reaches for, as written: `process.stdout`, `stores.locks.take`. */
  readonly members: readonly string[];
}

/** Every TypeScript file under a folder, by its path. */
export function readSources(folder: string): Map<string, Source> {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(folder, path))
    .sort();
  return new Map(files.map((file) => [file, readSource(file)]));
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

function readSource(file: string): Source {
  const text = readFileSync(join(root, file), "utf8");
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const imports = new Set<string>();
  const packages = new Set<string>();
  const texts: string[] = [];
  const members: string[] = [];
  for (const node of nodesOf(program)) {
    const { type, value } = node;
    const specifier = (node.source as Node | null | undefined)?.value;
    if (typeof specifier === "string") {
      const known = specifier.startsWith(".") ? resolve(file, specifier) : undefined;
      if (known !== undefined) imports.add(known);
      else if (!specifier.startsWith(".")) packages.add(specifier);
    }
    if (type === "Literal" && typeof value === "string") texts.push(value);
    if (type === "TemplateElement") texts.push((value as { raw: string }).raw);
    if (type === "MemberExpression") members.push(text.slice(node.start, node.end));
  }
  return { file, imports: [...imports], packages: [...packages], texts, members };
}

function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value !== "object" || value === null) return;
  if (typeof (value as Partial<Node>).type === "string") yield value as Node;
  for (const child of Object.values(value)) yield* nodesOf(child);
}

/** The TypeScript file behind a relative import; undefined for anything else (package.json). */
function resolve(from: string, specifier: string): string | undefined {
  const base = join(dirname(from), specifier).replace(/\.js$/, "");
  return [`${base}.ts`, `${base}/index.ts`].find((path) => existsSync(join(root, path)));
}
