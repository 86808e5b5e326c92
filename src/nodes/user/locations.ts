import * as answer from "../../answers";

/** Where a phone of an account is registered. */
export const locations = {
  contact: answer.text(),
  useragent: answer.text({ label: "user agent" }),
  expires: answer.time({ zero: "permanent" }),
};
