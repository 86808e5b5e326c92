import { visible } from "./visible";

const LABELS: Readonly<Record<string, string>> = {
  access: "access level",
  auth_key: "authentication key",
  authid: "authentication name",
  // Only user/available answers a success with a cause.
  cause: "available",
  displayname: "display name",
  end: "last number",
  ha1: "HA1",
  ha1b: "HA1b",
  key_expires: "key expires",
  last_password_changed_at: "password changed",
  last_used: "last used",
  linetext: "line text",
  mac: "MAC",
  p_port: "proxy port",
  permission_displayname: "permission name",
  permission_id: "permission id",
  permittedcalls: "permitted calls",
  previous: "managed before by",
  prov_url: "provisioning URL",
  r_port: "registrar port",
  rpid: "remote party id",
  session_expires: "session expires",
  start: "first number",
  useragent: "user agent",
};

/** A field's name in people's words: `r_port` → `registrar port`. */
export function label(field: string): string {
  return LABELS[field] ?? visible(field.replaceAll("_", " "));
}
