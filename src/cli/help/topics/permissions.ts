import { PERMISSION_ALL, PERMISSION_FLAGS, type PermissionFlag } from "../../../model/permission";
import type { Topic } from "../../grammar";

const MEANING: Readonly<Record<PermissionFlag, string>> = {
  NOCALLS: "lets nothing through: alone, or 0, no calls",
  EMERGENCY: "emergency calls",
  INTERNAL: "accounts of the site and their aliases",
  VOIP: "SIP addresses elsewhere",
  NATIONAL: "the country",
  SERVICES: "service numbers",
  INTERNATIONAL: "the rest of the world",
  OTHERS: "satellite, premium and unknown kinds of numbers",
};

export const permissions: Topic = {
  name: "permissions",
  summary: "Where an account may call: eight flags, added up to one number",
  body: () => [
    Object.entries(PERMISSION_FLAGS).map(
      ([name, bit]) => [`${bit} ${name}`, MEANING[name as PermissionFlag]] as const,
    ),
    `ALL is ${PERMISSION_ALL}. Names are taken in any case, several with commas between them: hermes permission set alice@example.org --flags national,voip --add. Kamailio's routing reads the number, so what a flag allows is decided there.`,
  ],
};
