import type { Vendor } from "../vendor";

/**
 * Settings: Snom's "Desk Phone Configuration Files", firmware 8.7 and later. A setting that is left
 * out keeps its last value, so accounts that are gone are switched off by name. Asked for as
 * `{mac}.xml` by a setting server's address, and with the model before it after DHCP options 66 and 67.
 */
export const snom: Vendor = {
  name: "snom",
  title: "Snom",
  models: ["D315", "D345", "D385", "D713", "D717", "D735", "D785", "D812", "D862", "D865"],
  ouis: ["000413"],
  lines: 12,
  files: [
    {
      names: ["{{mac}}.xml", "{{#model}}snom{{model}}-{{MAC}}.htm{{/model}}"],
      format: "xml",
      template: `<?xml version="1.0" encoding="utf-8"?>
<settings>
  <phone-settings>
{{#lines}}
    <user_active idx="{{number}}" perm="R">on</user_active>
    <user_realname idx="{{number}}" perm="R">{{displayname}}</user_realname>
    <user_idle_text idx="{{number}}" perm="R">{{linetext}}</user_idle_text>
    <user_name idx="{{number}}" perm="R">{{username}}</user_name>
    <user_host idx="{{number}}" perm="R">{{domain}}</user_host>
    <user_pname idx="{{number}}" perm="R">{{authid}}</user_pname>
    <user_pass idx="{{number}}" perm="R">{{password}}</user_pass>
    <user_outbound idx="{{number}}" perm="R">sip:{{proxy}}:{{p_port}};transport={{transport}}</user_outbound>
    <user_dp_str idx="{{number}}" perm="R">{{dialplan}}</user_dp_str>
    <codec_priority_list idx="{{number}}" perm="R">{{#codecs}}{{lowercase}},{{/codecs}}telephone-event</codec_priority_list>
{{/lines}}
{{#unused}}
    <user_active idx="{{number}}" perm="R">off</user_active>
    <user_pass idx="{{number}}" perm="R"></user_pass>
{{/unused}}
{{#timezone}}
    <utc_offset perm="R">{{offset_seconds}}</utc_offset>
    <dst perm="R">{{#summer}}{{saved_seconds}} {{start.month_digits}}.{{start.week_digits}}.{{start.weekday_digits}} {{start.time}}:00 {{end.month_digits}}.{{end.week_digits}}.{{end.weekday_digits}} {{end.time}}:00{{/summer}}</dst>
{{/timezone}}
{{#prov_url}}
    <setting_server perm="R">{{prov_url}}/{mac}.xml</setting_server>
    <settings_refresh_timer perm="R">86400</settings_refresh_timer>
{{/prov_url}}
  </phone-settings>
</settings>
`,
    },
  ],
};
