import { expect, test } from "vitest";
import { compileClasses } from "../../src/classes/compile";
import { kamailioClasses } from "../../src/classes/kamailio-route";
import { exampleSettings } from "./settings";

test("examples/kamailio/classes.cfg is what the example's settings come to", async () => {
  const text = kamailioClasses(await compileClasses(exampleSettings));
  // After a change: npx vitest run test/classes -u
  await expect(text).toMatchFileSnapshot("../../examples/kamailio/classes.cfg");
});
