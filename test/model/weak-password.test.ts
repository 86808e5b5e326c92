import { expect, test } from "vitest";
import { weakness } from "../../src/model/weak-password";

test.each([
  ["short", "it is shorter than 8 characters"],
  ["918273645", "it is digits alone"],
  ["ababababab", "it is a few characters over and over"],
  ["Passw0rd-password", "it is one of the first that are tried"],
  ["xX-alice-42", "alice stands in it"],
  ["9tef5EideYSxjuma", undefined],
])("%s: %s", (password, why) => {
  expect(weakness(password, ["alice"])).toBe(why);
});
