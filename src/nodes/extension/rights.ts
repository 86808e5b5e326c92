import * as answer from "../../answers";
import {
  OVERRIDES,
  type Override,
  RIGHT_NAMES,
  RIGHTS,
  type Right,
  snakeCase,
} from "../../model/extension-rights";
import { formatSipAddress } from "../../model/sip-address";
import { extension } from "../../params/extension";
import { operatorNameOrId } from "../../params/operators";
import { optional, positional, type Values } from "../../params/param";
import { atLeastOne, saying } from "../../params/relations";
import { choice, toggle } from "../../params/types";
import type { RightsChange } from "../../rules/extensions";

/** The rights of an operator on an extension, each by a switch of its own. */
export const rightsParams = {
  extension: positional(extension()),
  username: operatorNameOrId(),
  pickup: toggle(RIGHTS.pickup),
  steal: toggle(RIGHTS.steal),
  spy: toggle(RIGHTS.spy),
  set_presence: toggle(RIGHTS.setPresence),
  queue_member: toggle(RIGHTS.queueMember),
  view_other_party: toggle(RIGHTS.viewOtherParty),
  view_other_party_override: optional(
    choice("when the other party stays hidden all the same", "WHEN", OVERRIDES),
  ),
  read_calendar: toggle(RIGHTS.readCalendar),
  write_calendar: toggle(RIGHTS.writeCalendar),
  read_phonebook: toggle(RIGHTS.readPhonebook),
  write_phonebook: toggle(RIGHTS.writePhonebook),
  control_sip_devices: toggle(RIGHTS.controlSipDevices),
  all: toggle("every one of these rights"),
};

/** A request that names no right does nothing. */
export const namesARight = saying(
  "No right is named",
  atLeastOne(
    "pickup",
    "steal",
    "spy",
    "set_presence",
    "queue_member",
    "view_other_party",
    "view_other_party_override",
    "read_calendar",
    "write_calendar",
    "read_phonebook",
    "write_phonebook",
    "control_sip_devices",
    "all",
  ),
);

export type RightsValues = Values<typeof rightsParams>;

/** What a request names. */
export interface Named {
  readonly rights: ReadonlySet<Right>;
  readonly override: Override | undefined;
  readonly all: boolean;
}

export function named(params: RightsValues): Named {
  const switches: Readonly<Record<string, unknown>> = params;
  return {
    rights: new Set(
      RIGHT_NAMES.filter((right) => params.all || switches[snakeCase(right)] === true),
    ),
    override: params.view_other_party_override,
    all: params.all,
  };
}

export const rightsAnswers = {
  extension: answer.text(),
  username: answer.text(),
  permissions: answer.extensionPermissions(),
};

export const rightsAnswer = ({ extension, username, permissions }: RightsChange) => ({
  extension: formatSipAddress(extension),
  username,
  permissions,
});
