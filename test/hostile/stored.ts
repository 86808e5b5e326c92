import { DOMAIN, type Site } from "../support/site";

/** Columns of free text: what stands there was sent so, or is what Hermes takes for want of it. */
const FREE = [
  ...["users.displayname", "users.dialplan", "users.linetext", "users.authid"],
  ...["held_numbers.note", "operators.displayname"],
  ...["subscriber.password", "users.registrar"],
];

/** The site's default server. */
const DEFAULTS = [`sip.${DOMAIN}`];

const isMadePassword = (text: string) => /^[A-Za-z2-9]{24}$/.test(text);

/** Remembers what was sent, and finds what stands in the tables otherwise: cut, altered, made up. */
export class Sent {
  private readonly texts = new Set<string>(["", ...DEFAULTS]);

  add(value: unknown): void {
    if (typeof value === "string") this.texts.add(value);
    else if (typeof value === "number") this.texts.add(String(value));
    else if (typeof value === "object" && value !== null) {
      for (const one of Object.values(value)) this.add(one);
    }
  }

  /** `table.column: value` for everything that nobody sent. */
  async altered(site: Site): Promise<string[]> {
    const names = new Set<string>();
    for (const text of this.texts) {
      const address = text.trim().replace(/^sip:/i, "");
      const at = address.lastIndexOf("@");
      names.add(address.slice(0, at)).add(address.slice(at + 1).toLowerCase());
    }
    const found: string[] = [];
    for (const place of FREE) {
      const [table = "", column = ""] = place.split(".");
      const rows = await site.sql<{ value: string | null }>(
        `SELECT DISTINCT ${column} AS value FROM {${table}}`,
      );
      for (const { value } of rows) {
        if (value === null || this.texts.has(value) || names.has(value) || isMadePassword(value))
          continue;
        found.push(`${place}: ${JSON.stringify(value)}`);
      }
    }
    return found;
  }
}
