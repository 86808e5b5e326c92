/** An API node's row in the contract: what an `ok` answer carries, and what a caller must hold. */
interface Row {
  readonly ok: readonly string[];
  /** Parameters that can't be left out. */
  readonly required: readonly string[];
  readonly optional?: readonly string[];
}

const ADDRESS = ["username", "domain"];
const servers = ["registrar", "r_port", "proxy", "p_port"];

/** The contract's first node table. */
export const contract: Readonly<Record<string, Row>> = {
  "user/get": { ok: ["user"], required: ["user"], optional: ADDRESS },
  "user/location": { ok: ["locations"], required: ["user"], optional: ADDRESS },
  "user/list": { ok: ["list"], required: [], optional: ["search"] },
  "user/add_local": {
    ok: ["user"],
    required: ["user", "displayname", "email"],
    optional: ADDRESS,
  },
  "user/add_remote": {
    ok: ["user"],
    required: ["user", "password", "displayname", "registrar"],
    optional: [...ADDRESS, "r_port", "proxy", "p_port", "authid", "dialplan", "linetext"],
  },
  "user/remove": {
    ok: ["user", "removed"],
    required: ["user"],
    optional: [...ADDRESS, "cascade"],
  },
  "user/change_pw": {
    ok: ["detail", "password"],
    required: ["user"],
    optional: [...ADDRESS, "password", "generate"],
  },
  "user/change_email": { ok: ["user", "email"], required: ["user", "email"], optional: ADDRESS },
  "user/update": {
    ok: ["updated", "skipped"],
    required: ["user"],
    optional: [...ADDRESS, "displayname", "dialplan", "linetext", "email"],
  },
  "user/available": { ok: ["cause"], required: ["user"], optional: ADDRESS },
  "user/gen_pw": { ok: ["password"], required: [] },
  "user/forward": {
    ok: ["user", "forward"],
    required: ["user"],
    optional: [...ADDRESS, "to", "off"],
  },
  "phone/get": { ok: ["list"], required: [], optional: ["mac", "user", ...ADDRESS] },
  "phone/list": { ok: ["list"], required: [], optional: ["search"] },
  "phone/add": {
    ok: ["mac", "username", "domain"],
    required: ["user", "mac"],
    optional: ADDRESS,
  },
  "phone/remove": {
    ok: ["mac", "username", "domain"],
    required: ["user", "mac"],
    optional: ADDRESS,
  },
  "phone/set": {
    ok: ["mac", "vendor", "model"],
    required: ["mac", "vendor"],
    optional: ["model"],
  },
  "phone/vendors": { ok: ["list"], required: [] },
  "phone/render": {
    ok: ["content", "written", "unchanged", "removed"],
    required: [],
    optional: ["mac", "vendor", "all", "out"],
  },
  "phone/resync": {
    ok: ["notified"],
    required: [],
    optional: ["mac", "user", ...ADDRESS, "reboot"],
  },
  "numbers/list": { ok: ["list"], required: [], optional: ["search", "random", "limit"] },
  "numbers/add_range": {
    ok: ["start", "end", "count", "added", "existing", "inuse"],
    required: ["start", "end"],
  },
  "numbers/add": { ok: ["detail", "number"], required: ["number"] },
  "numbers/remove": { ok: ["number"], required: ["number"] },
  "numbers/inpool": { ok: ["number"], required: ["number"] },
  "alias/list": {
    ok: ["aliases"],
    required: [],
    optional: ["alias", "alias_username", "alias_domain", "destination", "e164"],
  },
  "alias/add": {
    ok: ["alias", "destination"],
    required: ["alias", "destination"],
    optional: ["alias_username", "alias_domain"],
  },
  "alias/remove": {
    ok: ["alias"],
    required: ["alias"],
    optional: ["alias_username", "alias_domain"],
  },
  "domain/list": { ok: ["list"], required: [] },
  "domain/get_servers": { ok: ["domain", "servers"], required: ["domain"] },
  "domain/set_servers": {
    ok: ["domain", "servers"],
    required: ["domain", ...servers, "prov_url"],
  },
  "permission/get": {
    ok: ["user", "permission", "flags"],
    required: ["user"],
    optional: ADDRESS,
  },
  "permission/set": {
    ok: ["user", "permission", "flags"],
    required: ["user"],
    optional: [...ADDRESS, "permission", "flags", "add", "remove"],
  },
};

/** The contract's column `access`, where it does not depend on the parameters. */
export const access: Readonly<Record<"limited_read" | "read_write", readonly string[]>> = {
  limited_read: [
    ...["user/get", "user/location", "user/list", "user/available", "user/gen_pw"],
    ...[
      "phone/get",
      "phone/list",
      "phone/vendors",
      "phone/render",
      "numbers/list",
      "numbers/inpool",
      "alias/list",
    ],
    ...["domain/list", "domain/get_servers", "permission/get"],
  ],
  read_write: [
    ...["user/add_local", "user/add_remote", "user/remove", "user/change_pw"],
    ...["user/change_email", "user/update", "phone/add", "phone/remove"],
    ...["phone/set", "phone/resync"],
    ...["numbers/add_range", "numbers/add", "numbers/remove", "alias/add", "alias/remove"],
    ...["domain/set_servers", "permission/set"],
  ],
};
