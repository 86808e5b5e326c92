import { formatDatabaseUrl } from "../config/database-url";
import type { Fields } from "../model/envelope";
import { generatePassword } from "../model/password";
import { apply } from "./apply";
import { askSource, settle } from "./ask";
import { plan } from "./plan";
import { described, probe } from "./probe";
import type { SiteRequest } from "./request";
import type { FoundSite } from "./site-found";
import { sourceOf } from "./source";
import { lookAround, type Surroundings } from "./surroundings";
import type { Wizard } from "./wizard";

const PASSWORD_LENGTH = 24;

/**
 * Sets Hermes up beside a Kamailio that exists: finds its database, gives itself access and a
 * database of its own, writes the configuration, makes the tables and the domains' default
 * servers. Looks first, then asks, then does it. Done again, it changes nothing that exists.
 */
export async function setUpSite(request: SiteRequest, wizard: Wizard): Promise<Fields> {
  const around = await lookAround(request);
  const facts = await probe(around, await source(request, around, wizard));
  for (const line of described(facts)) wizard.say(line);
  const proposed = plan(request, facts, wizard, generatePassword(PASSWORD_LENGTH));
  return apply(await settle(proposed, wizard), (text) => wizard.say(text));
}

async function source(
  { kamctlrc }: SiteRequest,
  around: Surroundings,
  wizard: Wizard,
): Promise<FoundSite> {
  const source = sourceOf(around, kamctlrc, wizard);
  if ("ask" in source) return askSource(source.ask, wizard);
  for (const { kamailio, source: file } of source.passedOver) {
    wizard.say(`Passed over ${formatDatabaseUrl(kamailio)}, which ${file} names.`);
  }
  return source.take;
}
