import { randomUUID } from "node:crypto";
import { type AccessLevel, accessId } from "../../model/access";
import { hashPassword } from "../../model/operator-password";
import { generatePassword } from "../../model/password";
import { failed } from "../../model/refusal";
import { exactlyOne, saying } from "../../params/relations";
import type { Operator } from "../../store/provisioning/operators";
import type { Stores } from "../../store/stores";

/** An operator as every answer shows it. */
export function operatorFields(operator: Operator) {
  const { id, username, displayname, enabled, full, access, lastPasswordChangedAt } = operator;
  return {
    id,
    username,
    displayname,
    enabled,
    full,
    access,
    last_password_changed_at: lastPasswordChangedAt,
    permission_id: accessId(access),
    permission_displayname: access,
  };
}

/** The operator of that username or id; refuses with `nonexistant`. */
export async function requireOperator(
  { operators }: Pick<Stores, "operators">,
  nameOrId: string,
): Promise<Operator> {
  const operator = (await operators.find(nameOrId)) ?? (await operators.findById(nameOrId));
  if (operator === undefined) throw failed("nonexistant", `There is no operator ${nameOrId}.`);
  return operator;
}

/** Refuses with `exists` where the username is taken. */
export async function requireFreeName(
  { operators }: Pick<Stores, "operators">,
  username: string,
): Promise<void> {
  if ((await operators.find(username)) !== undefined) {
    throw failed("exists", `There is an operator ${username} already.`);
  }
}

/** The ways in which a password can be given, one of them. */
export interface GivenPassword {
  readonly password?: string | undefined;
  readonly generate: boolean;
  readonly password_hash?: string | undefined;
}

export const onePassword = saying(
  "No password is given",
  exactlyOne("password", "generate", "password_hash"),
);

/** The hash to store, and the password where it was made here. */
export async function settlePassword(
  { password, password_hash: hash }: GivenPassword,
  length: number,
): Promise<{ hash: string; made: { password?: string } }> {
  if (hash !== undefined) return { hash, made: {} };
  if (password !== undefined) return { hash: await hashPassword(password), made: {} };
  const generated = generatePassword(length);
  return { hash: await hashPassword(generated), made: { password: generated } };
}

interface NewOperator {
  readonly username: string;
  readonly displayname: string | undefined;
  readonly enabled: boolean;
  readonly full: boolean;
  readonly access: AccessLevel;
}

/** Adds an operator; refuses with `exists`. Take the lock on operators first. */
export async function addOperator(
  stores: Pick<Stores, "operators">,
  given: NewOperator,
  hash: string,
): Promise<Operator> {
  await requireFreeName(stores, given.username);
  const operator: Operator = {
    ...given,
    id: randomUUID(),
    displayname: given.displayname ?? null,
    lastPasswordChangedAt: null,
  };
  await stores.operators.insert(operator, hash);
  return operator;
}
