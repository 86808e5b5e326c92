import * as answer from "../../answers";
import { PERMISSION_ALL, permissionFlags } from "../../model/permission";
import { formatSipAddress } from "../../model/sip-address";
import { optional, positional, prompted } from "../../params/param";
import { permissionFlagList } from "../../params/permission";
import { atMostOne, exactlyOne, needs } from "../../params/relations";
import { integer, toggle, user } from "../../params/types";
import { setPermission } from "../../rules/change-account";
import { node } from "../node";

export const set = node({
  name: "permission/set",
  summary: "Set where an account may call",
  description:
    "By the sum of the flags or by their names: NOCALLS 1, EMERGENCY 2, INTERNAL 4, VOIP 8, NATIONAL 16, SERVICES 32, INTERNATIONAL 64, OTHERS 128; ALL is 255. Without --add or --remove the flags replace what was set.",
  access: "read_write",
  params: {
    user: positional(user()),
    permission: optional(integer("the sum of the flags", "63", 0, PERMISSION_ALL)),
    flags: prompted(permissionFlagList("the flags by name, with commas between")),
    add: toggle("add the flags to those that are set"),
    remove: toggle("take the flags from those that are set"),
  },
  relations: [
    exactlyOne("permission", "flags"),
    atMostOne("add", "remove"),
    needs("add", "flags"),
    needs("remove", "flags"),
  ],
  answers: { user: answer.text(), permission: answer.permission(), flags: answer.flags() },
  tells: {
    verb: ["Set", "Set"],
    what: ({ user, permission, flags }) =>
      `the permission of ${user} to ${permission}${flags.length === 0 ? "" : `: ${flags.join(", ")}`}`,
  },
  examples: [
    { command: "hermes permission set alice@example.org --flags EMERGENCY,INTERNAL,NATIONAL" },
    { command: "hermes permission set alice@example.org --flags INTERNATIONAL --add" },
    { command: "hermes permission set alice@example.org --permission 63" },
  ],
  rule: setPermission,
  wanted: ({ user, permission, flags = 0, add, remove }) => ({
    address: user,
    next(before: number) {
      if (add) return before | flags;
      return remove ? before & ~flags : (permission ?? flags);
    },
  }),
  answer: ({ address, permission }) => ({
    user: formatSipAddress(address),
    permission,
    flags: permissionFlags(permission),
  }),
});
