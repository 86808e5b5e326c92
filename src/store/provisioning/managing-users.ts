import type { Schema } from "../../database/schema";
import type { RowOf } from "../../database/tables";
import type { SipAddress } from "../../model/sip-address";
import { deleteAt, rowsAt, rowsWith } from "../bulk/rows-at";
import { insertRows, updateRows } from "../bulk/write-rows";

const TABLE = "managing_users";

type ManagingRow = RowOf<"managing_users">;

/** An extension and the operator whom it belongs to. */
export interface ManagedExtension {
  readonly extension: SipAddress;
  readonly operatorId: string;
}

/** The provisioning table `managing_users`: the one operator to whom an extension belongs. */
export class ManagingUsers {
  constructor(private readonly schema: Schema) {}

  /** Those of the extensions that belong to somebody. */
  async of(extensions: readonly SipAddress[]): Promise<ManagedExtension[]> {
    return (await rowsAt<ManagingRow>(this.schema, TABLE, extensions)).map(shape);
  }

  /** What belongs to the operators. */
  async ofOperators(operatorIds: readonly string[]): Promise<ManagedExtension[]> {
    const rows = await rowsWith<ManagingRow>(this.schema, TABLE, "operator_id", operatorIds);
    return rows.map(shape);
  }

  async insert(managed: readonly ManagedExtension[]): Promise<void> {
    await insertRows(
      this.schema,
      TABLE,
      ["username", "domain", "operator_id"],
      managed.map(({ extension, operatorId }) => [
        extension.username,
        extension.domain,
        operatorId,
      ]),
    );
  }

  async update(managed: readonly ManagedExtension[]): Promise<void> {
    await updateRows(
      this.schema,
      TABLE,
      managed.map(({ extension, operatorId }) => ({
        address: extension,
        values: { operator_id: operatorId },
      })),
    );
  }

  async remove(extensions: readonly SipAddress[]): Promise<void> {
    await deleteAt(this.schema, TABLE, extensions);
  }
}

const shape = ({ username, domain, operator_id }: ManagingRow): ManagedExtension => ({
  extension: { username, domain },
  operatorId: operator_id,
});
