import { PERMISSION_FLAG_NAMES, permissionFlags } from "../model/permission";
import type { Answer } from "./answer";
import { list, number, oneOf, shownAs, text } from "./types";

/** Permission bits as a number, which people are told with the flags' names. */
export const permission = (named: { readonly label?: string } = {}) =>
  shownAs(number(named), text(), permissionText);

/** 7 → `7  NOCALLS EMERGENCY INTERNAL`; a database may hold it as text. */
function permissionText(value: unknown): string {
  const digits = String(value);
  if (!/^\d+$/.test(digits)) return digits;
  return [digits, ...names(Number(digits))].join("  ");
}

const names = (bits: number) => {
  const flags = permissionFlags(bits);
  return flags.length === 0 ? [] : [flags.join(" ")];
};

type Flags = ReturnType<typeof permissionFlags>;

/** The flags by name, which the field `permission` beside them tells people already. */
export const flags = (): Answer<Flags, Flags> => ({
  ...(list(oneOf(PERMISSION_FLAG_NAMES), { between: " " }) as Answer<Flags, Flags>),
  implied: (value, { permission }) =>
    typeof permission === "number" && permissionFlags(permission).join() === value.join(),
});
