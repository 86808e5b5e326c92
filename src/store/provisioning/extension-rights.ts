import type { Schema } from "../../database/schema";
import type { Column } from "../../database/tables";
import {
  EVERY_PERMISSION,
  type ExtensionPermissions,
  extensionPermissions,
  holdsAny,
  type Override,
  RIGHT_NAMES,
  snakeCase,
} from "../../model/extension-rights";
import type { SipAddress } from "../../model/sip-address";
import { deletePairs, rowsAt, rowsWith } from "../bulk/rows-at";
import { insertRows, updateRow } from "../bulk/write-rows";

const GRANTS = "extension_grants";
const MANAGING = "managing_users";

const COLUMNS = RIGHT_NAMES.map(
  (right) => [right, snakeCase(right) as Column<typeof GRANTS>] as const,
);
const OVERRIDE = "view_other_party_override";

type GrantRow = Record<string, unknown> & SipAddress & { operator_id: string };

export type RightsValues = ExtensionPermissions;

/** What an operator may do with an extension by a grant. */
export interface Grant {
  readonly operatorId: string;
  readonly extension: SipAddress;
  readonly permissions: ExtensionPermissions;
}

/** An extension and what an operator may do with it. */
export type HeldExtension = Omit<Grant, "operatorId">;

/** The provisioning table `extension_grants`, and what follows from managing an extension. */
export class ExtensionRights {
  constructor(private readonly schema: Schema) {}

  /** Every extension on which the operator holds a right or that it manages, ordered by address. */
  async heldBy(operatorId: string): Promise<HeldExtension[]> {
    const names = [...COLUMNS.map(([, column]) => column), OVERRIDE].join(", ");
    const every = [...COLUMNS.map(() => "1"), "'NONE'"].join(", ");
    // What is managed comes last, so that it stands over what is granted beside it.
    const rows = await this.schema.rows<GrantRow>(
      `SELECT username, domain, ${names}, 0 AS managed FROM ${this.schema.name(GRANTS)}
       WHERE operator_id = ?
       UNION ALL
       SELECT username, domain, ${every}, 1 FROM ${this.schema.name(MANAGING)}
       WHERE operator_id = ?
       ORDER BY domain, username, managed`,
      [operatorId, operatorId],
    );
    const held = new Map<string, HeldExtension>();
    for (const row of rows) {
      const extension = { username: row.username, domain: row.domain };
      const permissions = Number(row.managed) === 1 ? EVERY_PERMISSION : permissionsOf(row);
      if (holdsAny(permissions)) {
        held.set(`${row.username}@${row.domain}`, { extension, permissions });
      }
    }
    return [...held.values()];
  }

  /** Every grant on any of the extensions. */
  async on(extensions: readonly SipAddress[]): Promise<Grant[]> {
    return (await rowsAt<GrantRow>(this.schema, GRANTS, extensions)).map(shape);
  }

  /** Every grant to any of the operators. */
  async ofOperators(operatorIds: readonly string[]): Promise<Grant[]> {
    return (await rowsWith<GrantRow>(this.schema, GRANTS, "operator_id", operatorIds)).map(shape);
  }

  async insert(grants: readonly Grant[]): Promise<void> {
    await insertRows(
      this.schema,
      GRANTS,
      ["operator_id", "username", "domain", ...COLUMNS.map(([, column]) => column), OVERRIDE],
      grants.map(({ operatorId, extension, permissions }) => [
        operatorId,
        extension.username,
        extension.domain,
        ...COLUMNS.map(([right]) => permissions[right]),
        permissions.viewOtherPartyOverride,
      ]),
    );
  }

  /** Changes grants, each in the properties that are given for it. */
  async update(
    grants: readonly (Omit<Grant, "permissions"> & {
      permissions: Partial<ExtensionPermissions>;
    })[],
  ): Promise<void> {
    const updates = grants.map(({ operatorId, extension, permissions }) => {
      const changes = Object.entries(permissions).map(([name, value]) => [snakeCase(name), value]);
      const { username, domain } = extension;
      const key = { operator_id: operatorId, username, domain };
      return updateRow(this.schema, GRANTS, key, Object.fromEntries(changes));
    });
    await Promise.all(updates);
  }

  async remove(grants: readonly Omit<Grant, "permissions">[]): Promise<void> {
    const pairs = grants.map(({ extension, operatorId }) => [extension, operatorId] as const);
    await deletePairs(this.schema, GRANTS, "operator_id", pairs);
  }
}

const shape = (row: GrantRow): Grant => ({
  operatorId: row.operator_id,
  extension: { username: row.username, domain: row.domain },
  permissions: permissionsOf(row),
});

function permissionsOf(row: Record<string, unknown>): ExtensionPermissions {
  return extensionPermissions(
    (right) => Boolean(Number(row[snakeCase(right)])),
    row[OVERRIDE] as Override,
  );
}
