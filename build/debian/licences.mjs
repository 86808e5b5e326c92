import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where the Node.js that runs this has its licence: the release's own layout, and Debian's packages'. */
const NODE_LICENCES = [
  "../LICENSE",
  "../share/doc/nodejs/LICENSE",
  "../share/doc/nodejs/copyright",
];

/**
 * The text of debian/copyright: Hermes' licence, and those of all that the package holds.
 * @param {string} root
 */
export function licences(root) {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const bundled = Object.entries(packages)
    .filter(([path, { dev }]) => path !== "" && !dev && existsSync(join(root, path)))
    .map(([path, { version, license }]) => ({
      name: `${path.replace(/^.*node_modules\//, "")} ${version}`,
      license: license ?? "see below",
      text: licenceIn(join(root, path)),
    }));
  const node = NODE_LICENCES.map((path) => join(dirname(process.execPath), path)).find(existsSync);
  const parts = [
    { name: "Hermes", license: "MIT", text: readFileSync(join(root, "LICENSE"), "utf8") },
    {
      name: `Node.js ${process.version}`,
      license: "MIT, and those of what it is made of",
      text:
        node === undefined
          ? `Copyright Node.js contributors. The whole text: https://raw.githubusercontent.com/nodejs/node/${process.version}/LICENSE\n`
          : readFileSync(node, "utf8"),
    },
    ...bundled,
  ];
  return parts
    .map(({ name, license, text }) => `${name} (${license})\n${"-".repeat(72)}\n\n${text.trim()}\n`)
    .join("\n\n")
    .replaceAll("\r", "");
}

/** @param {string} folder */
function licenceIn(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (file !== undefined) return readFileSync(join(folder, file), "utf8");
  const { license, author, repository } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const by = typeof author === "string" ? author : author?.name;
  return `${license}${by ? `, copyright ${by}` : ""}. ${repository?.url ?? ""}`;
}
