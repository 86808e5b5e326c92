import { closest } from "../model/closest";
import type { ExtensionName } from "../model/extension-name";
import { Refusal } from "../model/refusal";
import { formatSipAddress } from "../model/sip-address";
import type { Stores } from "../store/stores";

type Names = Pick<Stores, "nearNames">;

/** The Refusal, with the name in its sentence that was likely meant by one that is not there. */
export async function proposing({ nearNames }: Names, refusal: Refusal): Promise<Refusal> {
  const { response, reason, detail, fields, missed } = refusal;
  if (missed === undefined) return refusal;
  const meant =
    "domain" in missed
      ? await nearDomain(nearNames, missed.domain)
      : await nearAccount(nearNames, missed.account);
  if (meant === undefined) return refusal;
  return new Refusal(response, reason, `${detail}${stop(detail)} Did you mean ${meant}?`, fields);
}

const stop = (detail: string) => (detail.endsWith(".") ? "" : ".");

async function nearDomain(names: Names["nearNames"], domain: string): Promise<string | undefined> {
  const known = await names.domains(domain);
  return known.includes(domain) ? undefined : closest(domain, known);
}

async function nearAccount(
  names: Names["nearNames"],
  { username: asked, domain: given }: ExtensionName,
): Promise<string | undefined> {
  const domain = given && ((await nearDomain(names, given)) ?? given);
  const known = await names.accounts({ username: asked, domain });
  // One number off is another number, not a slip.
  const isNumber = /^[+\d]*$/.test(asked);
  const meant = isNumber
    ? asked
    : closest(
        asked,
        known.map(({ username }) => username),
      );
  const account = known.find(({ username }) => username === meant);
  return account && formatSipAddress(account);
}
