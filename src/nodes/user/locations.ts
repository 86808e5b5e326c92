import * as answer from "../../answers";
import { failed } from "../../model/refusal";

/** Where a phone of an account is registered. */
export const locations = {
  contact: answer.text(),
  useragent: answer.text({ label: "user agent" }),
  expires: answer.time({ zero: "permanent" }),
};

/** The refusal where no phone of an account is registered. */
export const offline = (user: string) => failed("offline", `${user} has no phone registered.`);
