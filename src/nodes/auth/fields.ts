import { accessId } from "../../model/access";
import type { Operator } from "../../store/provisioning/operators";

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
