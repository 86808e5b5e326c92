// Preloaded into the warm-up runs: writes down what V8 has compiled when the process ends.
"use strict";

const { mkdirSync, writeFileSync } = require("node:fs");
const { dirname, join, basename } = require("node:path");
const vm = require("node:vm");

const scripts = new Map();

vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    scripts.set(options.filename, this);
  }
};

process.on("exit", () => {
  const target = `${process.platform}-${process.arch}-${process.version}`;
  for (const [filename, script] of scripts) {
    const folder = join(dirname(filename), "compiled", target);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, basename(filename)), script.createCachedData());
  }
});
