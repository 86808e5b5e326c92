import { ACCESS_LEVELS } from "../model/access";
import { displayname } from "./account";
import { nullable } from "./answer";
import { flag, millis, oneOf, record, text } from "./types";

export const accessLevel = () => oneOf(ACCESS_LEVELS, { label: "access level" });

/** An operator as every answer shows it, without its password. */
export const operator = () =>
  record({
    id: text(),
    username: text(),
    displayname: displayname(),
    enabled: flag(),
    full: flag(),
    access: accessLevel(),
    last_password_changed_at: nullable(millis({ label: "password changed" })),
    permission_id: text({ label: "permission id" }),
    permission_displayname: text({ label: "permission name" }),
  });
