import { listField } from "../../answers/answer";
import { succeeded } from "../../model/envelope";
import { Rows } from "../../model/rows";
import { findNode, nodes } from "../../nodes/registry";
import type { Given, Named } from "../../params/param";
import type { Cli } from "../cli";
import type { Candidate } from "./next";

/** More than a person would look through. */
const MOST = 100;

type Looked = Exclude<Named, "command" | "file">;

/** How things are looked up that begin with what is typed. Whoever may not read them is offered none. */
const LOOK_UPS: Readonly<Record<Looked, (cli: Cli, typed: string) => Promise<Candidate[]>>> = {
  account: (cli, typed) =>
    listed<{ user: string; displayname: string | null }>(
      cli,
      "user/list",
      { search: `${typed}*` },
      ({ user, displayname }) => ({ value: user, about: displayname ?? "" }),
      typed,
    ),
  // A new one: of it only the domain is known.
  address: async (cli, typed) => {
    const [, username = "", domain] = /^([^@]+)@(.*)$/.exec(typed) ?? [];
    if (domain === undefined) return [];
    const domains = await LOOK_UPS.domain(cli, domain);
    return domains.map(({ value }) => ({ value: `${username}@${value}` }));
  },
  alias: (cli, typed) =>
    listed<{ alias: string; destination: string }>(
      cli,
      "alias/list",
      {},
      ({ alias, destination }) => ({ value: alias, about: destination }),
      typed,
    ),
  domain: (cli, typed) => listed<string>(cli, "domain/list", {}, plain, typed),
  extension: async (cli, typed) =>
    (await Promise.all([LOOK_UPS.account(cli, typed), LOOK_UPS.alias(cli, typed)])).flat(),
  node: async (_cli, typed) =>
    nodes
      .filter(({ name }) => name.startsWith(typed))
      .map(({ name, summary }) => ({ value: name, about: summary })),
  number: (cli, typed) =>
    listed<string>(cli, "numbers/list", { search: `${typed}*`, limit: MOST }, plain, typed),
  operator: (cli, typed) =>
    listed<{ username: string; displayname: string | null }>(
      cli,
      "auth/list_users",
      {},
      ({ username, displayname }) => ({ value: username, about: displayname ?? "" }),
      typed,
    ),
  phone: (cli, typed) => {
    const written = /[:.-]/.test(typed) ? withColons : String;
    const search = `${typed.replace(/[:.-]/g, "").toLowerCase()}*`;
    const shape = (mac: string) => ({ value: written(mac) });
    return listed<string>(cli, "phone/list", { search, limit: MOST }, shape, typed);
  },
};

/** What there is of such things, as far as it begins with what is typed. */
export const lookUp = (cli: Cli, thing: Looked, typed: string): Promise<Candidate[]> =>
  // In a search these would mean something.
  /[*?]/.test(typed) ? Promise.resolve([]) : LOOK_UPS[thing](cli, typed);

const plain = (value: string): Candidate => ({ value });

const withColons = (mac: string) => mac.replace(/..(?=.)/g, "$&:");

/** Rows of a node's list that begin with what is typed; no more is read than is shown. */
async function listed<T>(
  cli: Cli,
  name: string,
  given: Given,
  shape: (row: T) => Candidate,
  typed: string,
): Promise<Candidate[]> {
  const hermes = await cli.hermes();
  const field = listField(findNode(name)?.answers ?? {}) ?? "";
  const found: Candidate[] = [];
  const begins = typed.toLowerCase();
  await hermes.call(name, given, cli.caller, {
    async receive(envelope) {
      if (!succeeded(envelope)) return;
      const list = envelope[field];
      const batches = list instanceof Rows ? list : [list as T[]];
      for await (const batch of batches as AsyncIterable<T[]> | T[][]) {
        const candidates = batch.map(shape);
        found.push(...candidates.filter(({ value }) => value.toLowerCase().startsWith(begins)));
        if (found.length >= MOST) return;
      }
    },
  });
  return found.slice(0, MOST);
}
