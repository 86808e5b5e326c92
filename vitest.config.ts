import { configDefaults, defineConfig } from "vitest/config";

/** Rooms of the house that do no I/O; a test of another room that needs no server is `*.unit.test.ts`. */
const PURE = "{answers,changes,classes,cli/output,config,docs,house,model,params,rules}";

const unit = [`test/${PURE}/**/*.test.ts`, "test/**/*.unit.test.ts"];
const e2e = ["test/e2e/**/*.test.ts"];
const all = ["test/**/*.test.ts"];

const servers = { globalSetup: ["test/support/global-setup.ts"] };

export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default", ["json", { outputFile: "node_modules/.cache/hermes-vitest.json" }]],
    projects: [
      { extends: true, test: { name: "unit", include: unit } },
      {
        extends: true,
        test: {
          name: "database",
          include: all,
          exclude: [...configDefaults.exclude, ...unit, ...e2e],
          ...servers,
        },
      },
      { extends: true, test: { name: "e2e", include: e2e, ...servers } },
    ],
  },
});
