import type { Site } from "./site";

/** Puts a registration into Kamailio's table, as Kamailio itself writes it; it ends at `expires`, 0 is never. */
export async function register(
  site: Site,
  user: string,
  contact: string,
  expires: number,
): Promise<void> {
  const [username, domain] = user.split("@");
  await site.sql(
    "INSERT INTO {location} (ruid, username, domain, contact, user_agent, expires) VALUES (?, ?, ?, ?, 'Phone 1.0', ?)",
    [contact, username, domain, contact, stored(site, expires)],
  );
}

/** As db_sqlite writes it: a Julian day, half a second low; as db_mysql does: local time. */
function stored({ kind }: Site, seconds: number): number | string {
  if (kind === "sqlite") return seconds / 86400 + 2440587.5 - 0.5 / 86400;
  const at = new Date(seconds * 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":")}`;
}
