import type { Schema } from "../../database/schema";
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
import { deleteAt } from "../bulk/rows-at";

const GRANTS = "extension_grants";
const MANAGING = "managing_users";

const COLUMNS = RIGHT_NAMES.map((right) => [right, snakeCase(right)] as const);
const OVERRIDE = "view_other_party_override";

type GrantRow = Record<string, unknown> & { username: string; domain: string };

/** An extension and what an operator may do with it. */
export interface HeldExtension {
  readonly extension: SipAddress;
  readonly permissions: ExtensionPermissions;
}

/** The provisioning table `extension_grants`, and what follows from managing an extension. */
export class ExtensionRights {
  constructor(private readonly schema: Schema) {}

  /** Every extension on which the operator holds a right or that it manages, ordered by address. */
  async of(operatorId: string): Promise<HeldExtension[]> {
    const names = [...COLUMNS.map(([, column]) => column), OVERRIDE].join(", ");
    const every = [...COLUMNS.map(() => "1"), "'NONE'"].join(", ");
    // What is managed comes last, so that it stands over what is granted beside it.
    const rows = await this.schema.rows<GrantRow>(
      `SELECT username, domain, ${names}, 0 AS managed FROM ?? WHERE operator_id = ?
       UNION ALL SELECT username, domain, ${every}, 1 FROM ?? WHERE operator_id = ?
       ORDER BY domain, username, managed`,
      [this.schema.qualified(GRANTS), operatorId, this.schema.qualified(MANAGING), operatorId],
    );
    const held = new Map<string, HeldExtension>();
    for (const row of rows) {
      const extension = { username: row.username, domain: row.domain };
      const permissions = Number(row.managed) === 1 ? EVERY_PERMISSION : shape(row);
      if (holdsAny(permissions)) {
        held.set(`${row.username}@${row.domain}`, { extension, permissions });
      }
    }
    return [...held.values()];
  }

  /** What is granted to the operator on the extension, managing it apart. */
  async granted(
    operatorId: string,
    extension: SipAddress,
  ): Promise<ExtensionPermissions | undefined> {
    const row = await this.row(operatorId, extension).first("*");
    return row === undefined ? undefined : shape(row as GrantRow);
  }

  /** Leaves exactly these; nothing is kept where they are none. */
  async set(
    operatorId: string,
    extension: SipAddress,
    permissions: ExtensionPermissions,
  ): Promise<void> {
    await this.row(operatorId, extension).delete();
    const override = permissions.viewOtherPartyOverride;
    if (!holdsAny(permissions) && override === "NONE") return;
    await this.schema.table(GRANTS).insert({
      operator_id: operatorId,
      ...extension,
      ...Object.fromEntries(COLUMNS.map(([right, column]) => [column, permissions[right]])),
      [OVERRIDE]: override,
    });
  }

  async removeOfExtension(extension: SipAddress): Promise<void> {
    await this.schema
      .table(GRANTS)
      .where({ ...extension })
      .delete();
  }

  async removeOfExtensions(extensions: readonly SipAddress[]): Promise<void> {
    await deleteAt(this.schema, GRANTS, extensions);
  }

  async removeOfOperator(operatorId: string): Promise<void> {
    await this.schema.table(GRANTS).where({ operator_id: operatorId }).delete();
  }

  private row(operatorId: string, extension: SipAddress) {
    return this.schema.table<GrantRow>(GRANTS).where({ operator_id: operatorId, ...extension });
  }
}

function shape(row: GrantRow): ExtensionPermissions {
  return extensionPermissions(
    (right) => Boolean(Number(row[snakeCase(right)])),
    row[OVERRIDE] as Override,
  );
}
