import type { Schema } from "../../database/schema";
import type { SipAddress } from "../../model/sip-address";
import { deleteAt } from "../bulk/rows-at";

const TABLE = "managing_users";

interface ManagingRow {
  username: string;
  domain: string;
  operator_id: string;
}

/** The provisioning table `managing_users`: the one operator to whom an extension belongs. */
export class ManagingUsers {
  constructor(private readonly schema: Schema) {}

  /** The id of the operator who manages the extension. */
  async of(extension: SipAddress): Promise<string | undefined> {
    const row = await this.row(extension).first("operator_id");
    return row?.operator_id;
  }

  async set(extension: SipAddress, operatorId: string): Promise<void> {
    await this.row(extension).delete();
    await this.schema.table(TABLE).insert({ ...extension, operator_id: operatorId });
  }

  /** Answers whether there was one. */
  async clear(extension: SipAddress): Promise<boolean> {
    return (await this.row(extension).delete()) > 0;
  }

  async clearMany(extensions: readonly SipAddress[]): Promise<void> {
    await deleteAt(this.schema, TABLE, extensions);
  }

  async removeOfOperator(operatorId: string): Promise<void> {
    await this.schema.table(TABLE).where({ operator_id: operatorId }).delete();
  }

  private row(extension: SipAddress) {
    return this.schema.table<ManagingRow>(TABLE).where({ ...extension });
  }
}
