import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, it } from "vitest";
import { fieldsWriter, recordsWriter } from "../../src/bulk/csv-writer";

it("writes what is read again as it was", async () => {
  const write = await fieldsWriter();
  const field = fc.string({ unit: fc.constantFrom("a", ",", '"', "\r", "\n", ";", " ", "é") });
  fc.assert(
    fc.property(fc.array(fc.tuple(field, field), { minLength: 1 }), (rows) => {
      expect(parse(write(rows), { record_delimiter: "\n" })).toEqual(rows);
    }),
  );
});

it("has a header once, and all of the first records' columns in every batch", async () => {
  const write = await recordsWriter();
  expect(write([])).toBe("");
  expect(write([{ a: 1 }, { a: 2, b: "x,y" }])).toBe('a,b\n1,\n2,"x,y"\n');
  expect(write([{ b: "z", a: null }])).toBe(",z\n");
});

it("has the header of named columns even without a record", async () => {
  const write = await recordsWriter(["mac", "user"]);
  expect(write([])).toBe("mac,user\n");
  expect(write([{ user: "u", mac: "m", more: 1 }])).toBe("m,u\n");
});
