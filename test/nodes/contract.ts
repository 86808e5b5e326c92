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
  "user/list": {
    ok: ["list"],
    required: [],
    optional: ["search", "limit", "registered", "offline", "unused"],
  },
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
    ok: ["user", "removed", "detail"],
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
    optional: [
      ...[...ADDRESS, "displayname", "dialplan", "linetext", "email"],
      ...[...servers, "authid"],
    ],
  },
  "user/disable": { ok: ["user", "enabled", "detail"], required: ["user"], optional: ADDRESS },
  "user/enable": { ok: ["user", "enabled"], required: ["user"], optional: ADDRESS },
  "user/rename": {
    ok: ["user", "from", "password", "detail"],
    required: ["user", "to"],
    optional: ADDRESS,
  },
  "user/show": {
    ok: [
      ...["user", "aliases", "number", "phones", "permission", "flags", "forward"],
      ...["locations", "enabled", "managing_user", "servers", "last_seen"],
    ],
    required: ["user"],
  },
  "user/onboard": {
    ok: ["user", "number", "aliases", "phones", "permission"],
    required: ["user", "displayname", "email"],
    optional: [...ADDRESS, "number", "number_from", "alias", "mac", "flags", "password"],
  },
  "user/seen": { ok: ["registered"], required: [] },
  "user/available": { ok: ["cause"], required: ["user"], optional: ADDRESS },
  "user/gen_pw": { ok: ["password"], required: [] },
  "user/forward": {
    ok: ["user", "forward", "busy", "noanswer"],
    required: ["user"],
    optional: [...ADDRESS, "when", "to", "off"],
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
  "numbers/list": {
    ok: ["list"],
    required: [],
    optional: ["search", "random", "limit", "ranges", "state"],
  },
  "numbers/show": {
    ok: ["number", "state", "alias", "destination", "until", "note", "country", "type"],
    required: ["number"],
  },
  "numbers/reserve": {
    ok: ["number", "until", "note"],
    required: ["number"],
    optional: ["until", "note"],
  },
  "numbers/unreserve": { ok: ["number"], required: ["number"] },
  "numbers/release": {
    ok: ["number", "until"],
    required: ["number"],
    optional: ["quarantine"],
  },
  "numbers/usage": { ok: ["list"], required: [], optional: ["by", "search"] },
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
    optional: ["alias", "alias_username", "alias_domain", "destination", "e164", "search"],
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
  "domain/list": { ok: ["list"], required: [], optional: ["limit"] },
  "domain/add": {
    ok: ["domain", "servers", "reloaded"],
    required: ["domain"],
    optional: [...servers, "prov_url"],
  },
  "domain/remove": { ok: ["domain", "servers", "reloaded"], required: ["domain"] },
  "domain/reload": { ok: ["reloaded"], required: [] },
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
  "permission/check": {
    ok: ["user", "called", "class", "allowed", "why"],
    required: ["user", "called"],
    optional: ADDRESS,
  },
  "permission/set": {
    ok: ["user", "permission", "flags"],
    required: ["user"],
    optional: [...ADDRESS, "permission", "flags", "add", "remove"],
  },
  "audit/list": {
    ok: ["list"],
    required: [],
    optional: ["user", "node", "caller", "since", "until", "search", "limit"],
  },
  "audit/show": { ok: ["id", "changes"], required: ["id"] },
  "audit/undo": { ok: ["id", "changes"], required: ["id"] },
  "audit/prune": { ok: ["pruned"], required: ["before"] },
};

/** The contract's column `access`, where it does not depend on the parameters. */
export const access: Readonly<Record<"limited_read" | "read_write", readonly string[]>> = {
  limited_read: [
    ...["user/get", "user/location", "user/list", "user/show", "user/available", "user/gen_pw"],
    ...["phone/get", "phone/list", "phone/vendors", "phone/render"],
    ...["numbers/list", "numbers/inpool", "alias/list"],
    ...["numbers/show", "numbers/usage"],
    ...["domain/list", "domain/get_servers", "permission/get", "permission/check"],
    ...["audit/list", "audit/show"],
  ],
  read_write: [
    ...["user/add_local", "user/add_remote", "user/remove", "user/change_pw"],
    ...["user/change_email", "user/update", "user/disable", "user/enable", "user/rename"],
    ...["user/onboard", "user/seen", "phone/add", "phone/remove"],
    ...["phone/set", "phone/resync"],
    ...["numbers/add_range", "numbers/add", "numbers/remove", "alias/add", "alias/remove"],
    ...["numbers/reserve", "numbers/unreserve", "numbers/release"],
    ...["domain/add", "domain/remove", "domain/reload", "domain/set_servers", "permission/set"],
    ...["audit/undo", "audit/prune"],
  ],
};
