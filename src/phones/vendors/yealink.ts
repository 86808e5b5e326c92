import type { Vendor } from "../vendor";

/**
 * Parameters: Yealink's "SIP Phones Auto Provisioning Guide", firmware V81 and later. A parameter
 * that is left out keeps its last value, so accounts that are gone are switched off by name.
 */
export const yealink: Vendor = {
  name: "yealink",
  title: "Yealink",
  models: ["T31P", "T33G", "T42U", "T43U", "T46U", "T48U", "T53W", "T54W", "T57W", "W70B"],
  ouis: ["001565", "249ad8", "805e0c", "805ec0"],
  lines: 16,
  files: [
    {
      names: ["{{mac}}.cfg"],
      format: "keyvalue",
      template: `#!version:1.0.0.1
{{#lines}}
account.{{number}}.enable = 1
account.{{number}}.label = {{linetext}}
account.{{number}}.display_name = {{displayname}}
account.{{number}}.user_name = {{username}}
account.{{number}}.auth_name = {{authid}}
account.{{number}}.password = {{password}}
account.{{number}}.sip_server.1.address = {{domain}}
account.{{number}}.sip_server.1.port = {{r_port}}
account.{{number}}.sip_server.1.transport_type = {{#udp}}0{{/udp}}{{#tcp}}1{{/tcp}}{{#tls}}2{{/tls}}
account.{{number}}.outbound_proxy_enable = 1
account.{{number}}.outbound_proxy.1.address = {{proxy}}
account.{{number}}.outbound_proxy.1.port = {{p_port}}
account.{{number}}.dialplan.digitmap.enable = {{#dialplan}}1{{/dialplan}}{{^dialplan}}0{{/dialplan}}
account.{{number}}.dialplan.digitmap.string = {{dialplan}}
{{#codecs}}
account.{{line}}.codec.{{lowercase}}.enable = 1
account.{{line}}.codec.{{lowercase}}.priority = {{number}}
{{/codecs}}
{{#other_codecs}}
account.{{line}}.codec.{{lowercase}}.enable = 0
{{/other_codecs}}
{{/lines}}
{{#unused}}
account.{{number}}.enable = 0
{{/unused}}
{{#timezone}}
local_time.time_zone = {{offset_hours}}
{{^summer}}
local_time.summer_time = 0
{{/summer}}
{{#summer}}
local_time.summer_time = 1
local_time.dst_time_type = 1
local_time.offset_time = {{saved_minutes}}
local_time.start_time = {{start.month}}/{{start.week}}/{{start.weekday_from_monday}}/{{start.hour}}
local_time.end_time = {{end.month}}/{{end.week}}/{{end.weekday_from_monday}}/{{end.hour}}
{{/summer}}
{{/timezone}}
{{#prov_url}}
static.auto_provision.server.url = {{prov_url}}
static.auto_provision.repeat.enable = 1
static.auto_provision.repeat.minutes = 1440
{{/prov_url}}
`,
    },
  ],
};
