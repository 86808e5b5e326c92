import { DOMAIN, type Site } from "../../support/site";

export const ALICE = `alice@${DOMAIN}`;
export const BOB = `bob@${DOMAIN}`;
/** At another provider. */
export const CAROL = "carol@provider.test";

/** Adds a local account; answers it as `user/get` would. */
export async function addAlice(site: Site): Promise<Record<string, unknown>> {
  const { user } = await site.ok("user/add_local", {
    user: ALICE,
    displayname: "Alice",
    email: "alice@mail.test",
  });
  return user as Record<string, unknown>;
}

export async function addBob(site: Site): Promise<void> {
  await site.ok("user/add_local", { user: BOB, displayname: "Bob", email: "bob@mail.test" });
}

export async function addCarol(site: Site): Promise<void> {
  await site.ok("user/add_remote", {
    user: CAROL,
    password: "an outside secret",
    displayname: "Carol",
    registrar: "sip.provider.test",
  });
}
