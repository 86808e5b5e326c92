// Makes dist/hermes-sip_VERSION_ARCH.deb of what is built. Run by plain node, from `npm run package`.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { licences } from "./debian/licences.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const scripts = fileURLToPath(new URL("debian", import.meta.url));
const about = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

const { values } = parseArgs({
  options: {
    version: { type: "string", default: about.version },
    out: { type: "string", default: join(root, "dist") },
    /** As dpkg-deb has it: xz is small, none is quick. */
    compression: { type: "string", default: "xz" },
  },
});

const NAME = "hermes-sip";
const HOME = `usr/lib/${NAME}`;
const DOCS = `usr/share/doc/${NAME}`;

const architecture = run("dpkg", "--print-architecture").trim();
const stage = mkdtempSync(join(root, "node_modules", ".cache", "hermes-package-"));
try {
  program();
  manual();
  completion();
  documents();
  control();
  const file = join(values.out, `${NAME}_${values.version}_${architecture}.deb`);
  mkdirSync(values.out, { recursive: true });
  // A third of the time of xz's own choice, and a tenth more in size.
  const how = [`-Z${values.compression}`, "-z2"];
  run("dpkg-deb", "--build", "--root-owner-group", ...how, stage, file);
  console.error(`Made ${file} (${Math.round(statSync(file).size / 1e6)} MB)`);
} finally {
  rmSync(stage, { recursive: true });
}

/** The program, the Node.js that runs it, and the one package that is not bundled. */
function program() {
  if (!existsSync(join(root, "dist", "cli.cjs"))) throw new Error("Run npm run build before.");
  put(`${HOME}/bin/package.json`, join(root, "bin", "package.json"));
  // It is run by the one below, not by whatever node there is.
  const starter = readFileSync(join(root, "bin", "hermes.js"), "utf8");
  write(`${HOME}/bin/hermes.js`, starter.replace(/^#!.*\n/, ""));
  put(`${HOME}/bin/node`, process.execPath, 0o755);
  for (const entry of readdirSync(join(root, "dist"))) {
    if (entry.endsWith(".cjs")) put(`${HOME}/dist/${entry}`, join(root, "dist", entry));
  }
  const compiled = join(root, "dist", "compiled");
  if (existsSync(compiled)) cpSync(compiled, made(`${HOME}/dist/compiled`), { recursive: true });
  for (const name of readdirSync(join(root, "node_modules", "@libsql"))) {
    if (!name.endsWith("-gnu")) continue;
    const from = join(root, "node_modules", "@libsql", name);
    for (const file of ["package.json", "index.node"]) {
      put(`${HOME}/node_modules/@libsql/${name}/${file}`, join(from, file));
    }
    stripped(`${HOME}/node_modules/@libsql/${name}/index.node`);
  }
  stripped(`${HOME}/bin/node`);
  write(
    "usr/bin/hermes",
    `#!/bin/sh\n# Node.js of its own, with nobody else's options.\nunset NODE_OPTIONS NODE_PATH\nexec /${HOME}/bin/node /${HOME}/bin/hermes.js "$@"\n`,
    0o755,
  );
}

/**
 * A program works without what a debugger or a linker would read.
 * @param {string} path
 */
function stripped(path) {
  run("strip", "--strip-unneeded", "--remove-section=.comment", join(stage, path));
}

function manual() {
  const pages = join(root, "dist", "man");
  for (const section of readdirSync(pages)) {
    for (const page of readdirSync(join(pages, section))) {
      compressed(`usr/share/man/${section}/${page}`, readFileSync(join(pages, section, page)));
    }
  }
}

/** The scripts that the shells find by themselves. */
function completion() {
  const places = {
    bash: "usr/share/bash-completion/completions/hermes",
    zsh: "usr/share/zsh/vendor-completions/_hermes",
    fish: "usr/share/fish/vendor_completions.d/hermes.fish",
  };
  for (const [shell, place] of Object.entries(places)) {
    write(place, run(process.execPath, join(root, "bin", "hermes.js"), "completion", shell));
  }
}

function documents() {
  for (const folder of ["docs", "examples"]) {
    for (const file of filesBelow(join(root, folder))) {
      put(`${DOCS}/${relative(root, file)}`, file);
    }
  }
  for (const name of ["README.md", "CHANGELOG.md"]) put(`${DOCS}/${name}`, join(root, name));
  write(`${DOCS}/copyright`, licences(root));
  compressed(`${DOCS}/changelog`, changelog());
}

function control() {
  const size = filesBelow(stage).reduce(
    (sum, file) => sum + Math.ceil(statSync(file).size / 1024),
    0,
  );
  made("etc/hermes");
  chmodSync(join(stage, "etc/hermes"), 0o750);
  write(
    "DEBIAN/control",
    [
      `Package: ${NAME}`,
      `Version: ${values.version}`,
      `Architecture: ${architecture}`,
      `Maintainer: ${maintainer()}`,
      `Installed-Size: ${size}`,
      `Depends: adduser, libc6 (>= ${libcNeeded()}), libgcc-s1, libstdc++6`,
      "Recommends: perl | python3",
      "Suggests: kamailio, default-mysql-server",
      "Section: comm",
      "Priority: optional",
      "Description: command-line administration of SIP accounts on Kamailio",
      " Hermes manages the accounts, number pools, aliases, call permissions, desk",
      " phones and operators of a site that runs Kamailio. It works directly on the",
      " databases, in one transaction over Kamailio's tables and its own.",
      " .",
      " This package brings a Node.js of its own: nothing else of npm is needed.",
      "",
    ].join("\n"),
  );
  for (const name of ["postinst", "postrm"]) put(`DEBIAN/${name}`, join(scripts, name), 0o755);
  put(`usr/share/lintian/overrides/${NAME}`, join(scripts, "lintian-overrides"));
  const sums = filesBelow(stage)
    .map((file) => relative(stage, file))
    .filter((file) => !file.startsWith("DEBIAN/"));
  write("DEBIAN/md5sums", execFileSync("md5sum", sums, { cwd: stage, encoding: "utf8" }));
}

/** The oldest C library that has all that Node.js and the database driver ask of it. */
function libcNeeded() {
  const symbols = filesBelow(join(stage, HOME))
    .filter((file) => /\/node$|\.node$/.test(file))
    .flatMap((file) => [...run("objdump", "-T", file).matchAll(/GLIBC_(2\.\d+)/g)])
    .map(([, version = ""]) => Number(version.slice(2)));
  return `2.${Math.max(...symbols)}`;
}

/** The newest entry of CHANGELOG.md, as Debian has its own. */
function changelog() {
  const date = new Date(Number(process.env.SOURCE_DATE_EPOCH ?? Date.now() / 1000) * 1000);
  return [
    `${NAME} (${values.version}) unstable; urgency=medium`,
    "",
    `  * Release ${values.version}; what it brings stands in CHANGELOG.md.`,
    "",
    ` -- ${maintainer()}  ${date.toUTCString().replace("GMT", "+0000")}`,
    "",
  ].join("\n");
}

/** Whoever makes a package for others has these two set, as all of Debian's tools ask. */
function maintainer() {
  const { DEBFULLNAME: name = "Hermes maintainers", DEBEMAIL: email } = process.env;
  return `${name} <${email ?? "hermes@localhost.localdomain"}>`;
}

/** @param {string} path */
function made(path) {
  const folder = join(stage, path);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * @param {string} path
 * @param {string} from
 */
function put(path, from, mode = 0o644) {
  made(dirname(path));
  copyFileSync(from, join(stage, path));
  chmodSync(join(stage, path), mode);
}

/**
 * @param {string} path
 * @param {string | Uint8Array} content
 */
function write(path, content, mode = 0o644) {
  made(dirname(path));
  writeFileSync(join(stage, path), content, { mode });
  chmodSync(join(stage, path), mode);
}

/**
 * @param {string} path
 * @param {string | Uint8Array} content
 */
function compressed(path, content) {
  write(`${path}.gz`, gzipSync(content, { level: 9 }));
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * @param {string} program
 * @param {string[]} words
 */
function run(program, ...words) {
  return execFileSync(program, words, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 2 ** 26,
  });
}
