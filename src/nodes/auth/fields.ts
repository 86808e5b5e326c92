import type { Operator } from "../../store/provisioning/operators";

/** An operator as every answer shows it. What it is allowed stands with it, under its own id and name. */
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
    permission_id: id,
    permission_displayname: displayname ?? username,
  };
}
