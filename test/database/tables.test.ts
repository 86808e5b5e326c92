import { describe, expect, it } from "vitest";
import { KAMAILIO, PROVISIONING } from "../../src/database/tables";
import { shapes, useSite } from "../support/site";

describe.each(shapes)("the tables of a site of shape %s", (shape) => {
  const site = useSite(shape);

  it("have the columns that they are described with", async () => {
    const { owner } = site().hermes;
    const facts = new Map([...(await owner.kamailioFacts()), ...(await owner.provisioningFacts())]);
    for (const [name, { columns }] of Object.entries({ ...KAMAILIO, ...PROVISIONING })) {
      const there = [...(facts.get(name)?.keys() ?? [])];
      expect([name, there]).toEqual([name, expect.arrayContaining(Object.keys(columns))]);
    }
  });
});
