import fc from "fast-check";
import type { Facts } from "../../src/changes/facts";
import type { IfExists } from "../../src/model/if-exists";
import { addAccount } from "../../src/rules/add-account";
import { addAlias, releaseNumber, removeAlias } from "../../src/rules/aliases";
import {
  changeEmail,
  changePassword,
  setPermission,
  updateAccount,
} from "../../src/rules/change-account";
import { disableAccount, enableAccount } from "../../src/rules/disable-account";
import { FORWARD_WHEN, setForward } from "../../src/rules/forwards";
import {
  addNumber,
  assignNumber,
  removeNumber,
  reserveNumber,
  unreserveNumber,
} from "../../src/rules/numbers";
import { onboard } from "../../src/rules/onboard";
import { addPhone, removePhone } from "../../src/rules/phones";
import { removeAccount } from "../../src/rules/remove-account";
import { renameAccount } from "../../src/rules/rename-account";
import { attempt, DOMAIN } from "./world";

export type Step = (world: Facts) => unknown;

// Few names, so that requests meet each other; the same in another case, as MySQL compares.
const username = fc.constantFrom("alice", "Alice", "bob", "carol", "4224", "+4712345000");
const address = fc.record({ username, domain: fc.constantFrom(DOMAIN, DOMAIN, "away.test") });
const number = fc.constantFrom("+4712345000", "+4712345001", "+4712345002");
const mac = fc.constantFrom("f00ba2ba5c00", "f00ba2ba5c01");
const password = fc.constantFrom("one", "two", "three");
const until = fc.constantFrom(null, 4_000_000_000);
const ifExists = fc.constantFrom<IfExists>("fail", "skip", "update");

const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({ address, ifExists, password: fc.option(password, { nil: undefined }) })
    .map((given): Step => {
      const wanted = { ...given, newPassword: "made", permission: 7, registrar: "sip.test" };
      return (world) => attempt(world, addAccount, wanted);
    }),
  fc.record({ address, cascade: fc.boolean(), until }).map(
    (wanted): Step =>
      (world) =>
        attempt(world, removeAccount, wanted),
  ),
  fc.record({ alias: address, destination: address, ifExists }).map(
    (wanted): Step =>
      (world) =>
        attempt(world, addAlias, wanted),
  ),
  address.map(
    (alias): Step =>
      (world) =>
        attempt(world, removeAlias, alias),
  ),
  fc.record({ mac, address, ifExists }).map(
    (wanted): Step =>
      (world) =>
        attempt(world, addPhone, wanted),
  ),
  fc.record({ mac, address }).map(
    (wanted): Step =>
      (world) =>
        attempt(world, removePhone, wanted),
  ),
  fc.record({ number, ifExists, ifInUse: fc.constantFrom("refuse" as const, "pass" as const) }).map(
    (wanted): Step =>
      (world) =>
        attempt(world, addNumber, wanted),
  ),
  number.map(
    (number): Step =>
      (world) =>
        attempt(world, removeNumber, { number }),
  ),
  fc.record({ number, address }).map(
    (wanted): Step =>
      (world) =>
        attempt(world, assignNumber, wanted),
  ),
  fc.record({ number, until, domain: fc.constant(undefined) }).map(
    (wanted): Step =>
      (world) =>
        attempt(world, releaseNumber, wanted),
  ),
  fc.record({ number, until: fc.constantFrom(undefined, 90) }).map(
    (wanted): Step =>
      (world) =>
        attempt(world, reserveNumber, wanted),
  ),
  number.map(
    (number): Step =>
      (world) =>
        attempt(world, unreserveNumber, { number }),
  ),
  fc.record({ address, password }).map(
    (wanted): Step =>
      (world) =>
        attempt(world, changePassword, { ...wanted, newPassword: "made" }),
  ),
  address.map(
    (address): Step =>
      (world) =>
        attempt(world, changeEmail, { address, email: "a@b.c" }),
  ),
  fc.record({ address, displayname: password }).map(
    ({ address, displayname }): Step =>
      (world) =>
        attempt(world, updateAccount, { address, update: { displayname } }),
  ),
  address.map(
    (address): Step =>
      (world) =>
        attempt(world, setPermission, { address, next: (before) => before ^ 16 }),
  ),
  fc.record({ address, when: fc.constantFrom(...FORWARD_WHEN), to: number, off: fc.boolean() }).map(
    ({ address, when, to, off }): Step =>
      (world) =>
        attempt(world, setForward, {
          ...{ address, when, off },
          to: off ? undefined : to,
        }),
  ),
);

const lives: fc.Arbitrary<Step> = fc.oneof(
  address.map(
    (address): Step =>
      (world) =>
        attempt(world, disableAccount, { address, newPassword: "nobody's" }),
  ),
  address.map(
    (address): Step =>
      (world) =>
        attempt(world, enableAccount, { address }),
  ),
  fc.record({ address, to: address }).map(
    (wanted): Step =>
      (world) =>
        attempt(world, renameAccount, { ...wanted, newPassword: "made" }),
  ),
  fc.record({ address, number: fc.option(number, { nil: undefined }), macs: fc.array(mac) }).map(
    ({ address, ...wanted }): Step =>
      (world) =>
        attempt(world, onboard, {
          ...wanted,
          account: { address, ifExists: "fail", newPassword: "made", permission: 7 },
          aliases: [{ username: "4224", domain: undefined }],
        }),
  ),
  // What Kamailio and other tools do to an account that is there.
  fc.record({ address, group: fc.constantFrom("int", "ld") }).map(
    ({ address, group }): Step =>
      (world) => {
        const account = world.get("subscriber", address);
        if (account === undefined) return;
        world.set("group", { address: account.key, group }, {});
        world.set("seen", account.key, { seen: 1 });
      },
  ),
);

// Long enough for requests to meet what earlier ones left.
export const steps = fc.array(fc.oneof({ weight: 3, arbitrary: step }, lives), {
  minLength: 40,
  maxLength: 80,
  size: "max",
});
