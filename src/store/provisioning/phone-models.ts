import type { Schema } from "../../database/schema";
import type { PhoneModel } from "../../model/phone";
import { deleteWith, rowsWith } from "../bulk/rows-at";
import { insertRows, updateRow } from "../bulk/write-rows";

const TABLE = "phone_models";

export interface ModelOfPhone extends PhoneModel {
  /** 12 lower-case hex digits. */
  readonly mac: string;
}

/** The provisioning table `phone_models`: what a phone is, where somebody has said it. */
export class PhoneModels {
  constructor(private readonly schema: Schema) {}

  /** What is known of those phones. */
  async of(macs: readonly string[]): Promise<ModelOfPhone[]> {
    const select = "mac, vendor, model";
    return rowsWith<ModelOfPhone>(this.schema, TABLE, "mac", macs, { select });
  }

  /** Whether anything was said of any phone. */
  async any(): Promise<boolean> {
    const row = await this.schema.row(`SELECT mac FROM ${this.schema.name(TABLE)} LIMIT 1`);
    return row !== undefined;
  }

  async insert(models: readonly ModelOfPhone[]): Promise<void> {
    await insertRows(
      this.schema,
      TABLE,
      ["mac", "vendor", "model"],
      models.map(({ mac, vendor, model }) => [mac, vendor, model]),
    );
  }

  async update(mac: string, changes: Partial<PhoneModel>): Promise<void> {
    await updateRow(this.schema, TABLE, { mac }, changes);
  }

  async remove(macs: readonly string[]): Promise<void> {
    await deleteWith(this.schema, TABLE, "mac", macs);
  }
}
