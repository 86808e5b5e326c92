import { closest } from "../model/closest";
import { Refusal } from "../model/refusal";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
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
  address: SipAddress,
): Promise<string | undefined> {
  const domain = (await nearDomain(names, address.domain)) ?? address.domain;
  const known = await names.accounts({ ...address, domain });
  // One number off is another number, not a slip.
  const isNumber = /^[+\d]*$/.test(address.username);
  const username = isNumber
    ? known.find((name) => name === address.username)
    : closest(address.username, known);
  return username === undefined ? undefined : formatSipAddress({ username, domain });
}
