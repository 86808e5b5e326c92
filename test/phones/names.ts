import fc from "fast-check";

/** What people and importers put into display names, and what breaks formats. */
export const displayName = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  {
    weight: 2,
    arbitrary: fc
      .array(
        fc.constantFrom(
          ..."\"'`&<>;:=#[]{}\\/%\n\r\t\0 \u2028\uffff",
          ...[
            "😀",
            "👩‍👩‍👧",
            "é",
            "\ud800",
            "]]>",
            "-->",
            "{{password}}",
            "&amp;",
            "\\",
            '";auth_pass=x',
            "A",
          ],
        ),
        { maxLength: 20 },
      )
      .map((parts) => parts.join("")),
  },
);

/** How a display name may arrive: the same on one line, without what no format can hold. */
export function asShown(name: string): string {
  return [...name]
    .map((char) => {
      const code = char.codePointAt(0) ?? 0;
      if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029) {
        return "\n";
      }
      return (code >= 0xd800 && code < 0xe000) || code === 0xfffe || code === 0xffff
        ? "\ufffd"
        : char;
    })
    .join("")
    .replace(/\n+/g, " ")
    .trim();
}
