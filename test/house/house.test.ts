import { describe, expect, test } from "vitest";
import { exceptions } from "./exceptions";
import { laws } from "./laws";
import { roomOf, rooms } from "./rooms";
import { readSources } from "./sources";

const sources = readSources("src");
const found = laws.map((law) => ({ ...law, broken: law.offences(sources) }));

describe("the house", () => {
  test.each(found)("$name", ({ broken }) => {
    const news = broken.filter(({ key }) => !exceptions.includes(key));
    if (news.length === 0) return;
    expect.fail(news.map(({ key, instead }) => `\n${key}\n    ${instead}`).join(""));
  });

  test("no exception outlives its offence", () => {
    const keys = found.flatMap(({ broken }) => broken.map(({ key }) => key));
    const gone = exceptions.filter((exception) => !keys.includes(exception));
    if (gone.length === 0) return;
    expect.fail(`Take these out of test/house/exceptions.ts:\n${gone.join("\n")}`);
  });

  test("every room has its line in test/house/rooms.ts, below those that may import it", () => {
    const unknown = [...sources.keys()].filter((file) => rooms[roomOf(file)] === undefined);
    expect(unknown).toEqual([]);
    const order = Object.keys(rooms);
    for (const [index, { mayImport }] of Object.values(rooms).entries()) {
      expect(order.slice(index + 1)).toEqual(expect.arrayContaining([...mayImport]));
    }
  });
});
