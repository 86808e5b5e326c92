import { exposure } from "../../config/exposed";
import type { GroundCheck } from "../finding";

/** Whether the database's password is kept from others. */
export const configuration: GroundCheck = {
  name: "configuration",
  async *find(_, config) {
    const detail = exposure(config);
    if (detail === undefined || config.file === undefined) return;
    yield {
      severity: "warning",
      subject: config.file,
      detail,
      fix: `chmod 600 ${config.file}; then give the database's users new passwords.`,
    };
  },
};
