import { OVERRIDES, RIGHT_NAMES } from "../model/extension-rights";
import type { Answer } from "./answer";
import { flag, list, map, oneOf, record, rows, shownAs, text } from "./types";

const override = () => oneOf(OVERRIDES);

const rights = Object.fromEntries(RIGHT_NAMES.map((name) => [name, flag()])) as Readonly<
  Record<(typeof RIGHT_NAMES)[number], Answer<boolean>>
>;

const properties = () => record({ ...rights, viewOtherPartyOverride: override() });

const names = { permissions: list(text()), viewOtherPartyOverride: override() };

/** The twelve properties of an operator on an extension; people are told the names of what is granted. */
export const extensionPermissions = () => shownAs(properties(), record(names), granted);

/** The same by extension, as `extension/permissions` answers; people get a line for each. */
export const permissionsByExtension = () =>
  shownAs(map(properties()), rows(record({ extension: text(), ...names })), (all) =>
    Object.entries(all).map(([extension, each]) => ({ extension, ...granted(each) })),
  );

function granted({ viewOtherPartyOverride, ...held }: Readonly<Record<string, unknown>>) {
  const permissions = Object.keys(held).filter((name) => held[name] === true);
  return { permissions, viewOtherPartyOverride };
}
