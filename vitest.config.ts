import { configDefaults, defineConfig } from "vitest/config";

/** Tests of these rooms are in the project `unit`, which has no server; so are `*.unit.test.ts`. */
const unitRooms = [
  ...["answers", "changes", "classes", "cli/output", "config", "docs"],
  ...["house", "model", "params", "rules"],
];
const unitTests = [
  ...unitRooms.map((room) => `test/${room}/**/*.test.ts`),
  "test/**/*.unit.test.ts",
];
export const isUnitTest = (file: string) =>
  file.endsWith(".unit.test.ts") || unitRooms.some((room) => file.startsWith(`test/${room}/`));

const e2eTests = ["test/e2e/**/*.test.ts"];
const servers = { globalSetup: ["test/support/global-setup.ts"] };

export default defineConfig({
  test: {
    // What reads process.env sees nothing of the host's own settings, as in test/support/no-etc.ts.
    env: { HERMES_ETC: "/nonexistent" },
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default", ["json", { outputFile: "node_modules/.cache/hermes-vitest.json" }]],
    projects: [
      { extends: true, test: { name: "unit", include: unitTests } },
      {
        extends: true,
        test: {
          name: "database",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...unitTests, ...e2eTests],
          ...servers,
        },
      },
      { extends: true, test: { name: "e2e", include: e2eTests, ...servers } },
    ],
  },
});
