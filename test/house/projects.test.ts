import { expect, test } from "vitest";
import { isUnitTest } from "../../vitest.config";
import { readSources } from "./sources";

const sources = readSources("test");
const tests = [...sources.keys()].filter((file) => file.endsWith(".test.ts"));

/** Where servers and the built Hermes are started; so is whatever starts a process itself. */
const GROUND = /^test\/(support\/(mariadb|hermes-process)\.ts|e2e\/)/;

function needsGround(file: string, seen = new Set<string>()): boolean {
  if (GROUND.test(file)) return true;
  seen.add(file);
  const { imports = [], packages = [] } = sources.get(file) ?? {};
  if (packages.includes("node:child_process")) return true;
  return imports.some((next) => sources.has(next) && !seen.has(next) && needsGround(next, seen));
}

test("a unit test needs no server and no process", () => {
  const wrong = tests.filter((file) => isUnitTest(file) && needsGround(file));
  expect(wrong, "Move them out of the unit rooms (vitest.config.ts)").toEqual([]);
});

test("a test that needs neither is a unit test", () => {
  const wrong = tests.filter((file) => !isUnitTest(file) && !needsGround(file));
  expect(wrong, "Name them *.unit.test.ts").toEqual([]);
});
