/** A text without what may stand between the digits of a MAC address, in lower case. */
export const plainMac = (text: string) => text.toLowerCase().replace(/[:.-]/g, "");

/** A MAC address as 12 lower-case hex digits, from plain digits or with `:`, `-` or `.` between; undefined where it is none. */
export function parseMac(text: string): string | undefined {
  const trimmed = text.trim().toLowerCase();
  const forms = [
    /^[0-9a-f]{12}$/,
    /^[0-9a-f]{2}([:-])[0-9a-f]{2}(\1[0-9a-f]{2}){4}$/,
    /^[0-9a-f]{4}([.:-])[0-9a-f]{4}\1[0-9a-f]{4}$/,
    /^[0-9a-f]{6}-[0-9a-f]{6}$/,
    /^[0-9a-f]{2}(\.[0-9a-f]{2}){5}$/,
  ];
  if (!forms.some((form) => form.test(trimmed))) return undefined;
  return plainMac(trimmed);
}

/**
 * A search among MAC addresses as they are kept: it may be written as a MAC may, in part or with
 * `*` and `?`.
 */
export function macSearch(text: string): string {
  const plain = plainMac(text.trim());
  // Of separators alone nothing would be left, and that matches everything.
  return plain === "" ? text : plain;
}
