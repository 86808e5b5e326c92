import type { GroundCheck } from "../finding";

/** Whether the provisioning tables are up to date. */
export const migrations: GroundCheck = {
  name: "migrations",
  async *find(owner) {
    const { pending } = await owner.migrationState();
    for (const name of pending) {
      yield {
        severity: "error",
        subject: name,
        detail: "The provisioning database lacks this migration.",
        fix: "hermes db migrate",
      };
    }
  },
};
