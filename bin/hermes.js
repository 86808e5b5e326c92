#!/usr/bin/env node
"use strict";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 17)) {
  end(`Hermes needs Node.js 20.17 or newer; this is ${process.version} (${process.execPath}).`);
} else {
  start();
}

/**
 * Runs dist/cli.cjs and, when it asks for them, its chunks. The build leaves V8's compiled code
 * beside them; code of another Node version or with other flags is refused by V8 and does no harm.
 */
function start() {
  const { existsSync, readFileSync } = require("node:fs");
  const { join } = require("node:path");
  const { Script, constants } = require("node:vm");

  const dist = join(__dirname, "..", "dist");
  const compiled = join(dist, "compiled", `${process.platform}-${process.arch}-${process.version}`);
  const modules = new Map();

  function load(name) {
    const known = modules.get(name);
    if (known !== undefined) return known.exports;
    const filename = join(dist, name);
    const source = readFileSync(filename, "latin1");
    const script = new Script(
      `(function (exports, require, module, __filename, __dirname) {${source}\n})`,
      {
        filename,
        cachedData: read(join(compiled, name)),
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      },
    );
    const module = { exports: {}, filename };
    modules.set(name, module);
    script.runInThisContext()(module.exports, requireFrom, module, filename, dist);
    return module.exports;
  }

  function requireFrom(id) {
    return id.startsWith("./") ? load(id.slice(2)) : require(id);
  }

  function read(file) {
    try {
      return readFileSync(file);
    } catch {
      return undefined;
    }
  }

  if (existsSync(join(dist, "cli.cjs"))) load("cli.cjs");
  else end(`Hermes is not built: ${dist} has no cli.cjs. Run npm ci or npm run build there.`);
}

function end(detail) {
  process.exitCode = 3;
  if (process.argv.includes("--json")) {
    console.log(JSON.stringify({ response: "error", cause: "install", detail }));
  } else {
    console.error(detail);
  }
}
