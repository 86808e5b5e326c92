/** What an operator can be allowed on an extension, as programs that read it know the names. */
export const RIGHTS = {
  pickup: "pick up its calls",
  steal: "take over its ongoing calls",
  spy: "listen in on its calls",
  setPresence: "set its person's presence",
  queueMember: "add it to queues and take it out",
  viewOtherParty: "see who it talks to",
  readCalendar: "read its person's calendar",
  writeCalendar: "write its person's calendar",
  readPhonebook: "read its person's phone book",
  writePhonebook: "write its person's phone book",
  controlSipDevices: "control its phones; here: change password, forwarding and phones",
} as const;

export type Right = keyof typeof RIGHTS;

export const RIGHT_NAMES = Object.keys(RIGHTS) as Right[];

/** When the other party stays hidden although `viewOtherParty` is held. */
export const OVERRIDES = [
  "NONE",
  "HIDE",
  "HIDE_PERSONAL_PHONEBOOK",
  "HIDE_OFF_WORK",
  "HIDE_PERSONAL_PHONEBOOK_AND_OFF_WORK",
] as const;

export type Override = (typeof OVERRIDES)[number];

/** The twelve properties of an operator on an extension. */
export type ExtensionPermissions = Readonly<
  Record<Right, boolean> & { viewOtherPartyOverride: Override }
>;

/** The properties with what `held` says of each right, in the order in which they are shown. */
export function extensionPermissions(
  held: (right: Right) => boolean,
  override: Override = "NONE",
): ExtensionPermissions {
  return {
    pickup: held("pickup"),
    steal: held("steal"),
    spy: held("spy"),
    setPresence: held("setPresence"),
    queueMember: held("queueMember"),
    viewOtherParty: held("viewOtherParty"),
    viewOtherPartyOverride: override,
    readCalendar: held("readCalendar"),
    writeCalendar: held("writeCalendar"),
    readPhonebook: held("readPhonebook"),
    writePhonebook: held("writePhonebook"),
    controlSipDevices: held("controlSipDevices"),
  };
}

/** What an extension's managing user holds. */
export const EVERY_PERMISSION = extensionPermissions(() => true);

export const NO_PERMISSION = extensionPermissions(() => false);

export const holdsAny = (permissions: ExtensionPermissions) =>
  RIGHT_NAMES.some((right) => permissions[right]);

/** `setPresence` → `set_presence`: parameters, flags and columns are spelled so. */
export const snakeCase = (name: string) =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
