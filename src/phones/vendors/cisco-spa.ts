import type { Vendor } from "../vendor";

/**
 * Parameters: Cisco's "Small Business IP Phones SPA300 and SPA500 Provisioning Guide". A phone out of
 * the box asks for `spa<model>.cfg`, which sends it on to this file: examples/phones has one.
 * A parameter that is left out keeps its last value, so accounts that are gone are switched off by name.
 */
export const ciscoSpa: Vendor = {
  name: "cisco-spa",
  title: "Cisco SPA",
  models: ["SPA303", "SPA501G", "SPA502G", "SPA504G", "SPA508G", "SPA509G", "SPA514G", "SPA525G"],
  // Cisco's prefixes are its switches' and routers' as well; this one was Sipura's.
  ouis: ["000e08"],
  lines: 12,
  files: [
    {
      names: ["spa{{mac}}.xml"],
      format: "xml",
      template: `<?xml version="1.0" encoding="UTF-8"?>
<flat-profile>
{{#lines}}
  <Line_Enable_{{number}}_>Yes</Line_Enable_{{number}}_>
  <Extension_{{number}}_>{{number}}</Extension_{{number}}_>
  <Short_Name_{{number}}_>{{linetext}}</Short_Name_{{number}}_>
  <Display_Name_{{number}}_>{{displayname}}</Display_Name_{{number}}_>
  <User_ID_{{number}}_>{{username}}</User_ID_{{number}}_>
  <Use_Auth_ID_{{number}}_>Yes</Use_Auth_ID_{{number}}_>
  <Auth_ID_{{number}}_>{{authid}}</Auth_ID_{{number}}_>
  <Password_{{number}}_>{{password}}</Password_{{number}}_>
  <Proxy_{{number}}_>{{domain}}</Proxy_{{number}}_>
  <Use_Outbound_Proxy_{{number}}_>Yes</Use_Outbound_Proxy_{{number}}_>
  <Outbound_Proxy_{{number}}_>{{proxy}}:{{p_port}}</Outbound_Proxy_{{number}}_>
  <Register_{{number}}_>Yes</Register_{{number}}_>
  <SIP_Transport_{{number}}_>{{#udp}}UDP{{/udp}}{{#tcp}}TCP{{/tcp}}{{#tls}}TLS{{/tls}}</SIP_Transport_{{number}}_>
{{#dialplan}}
  <Dial_Plan_{{number}}_>{{dialplan}}</Dial_Plan_{{number}}_>
{{/dialplan}}
{{#codec1}}
  <Preferred_Codec_{{line}}_>{{#pcma}}G711a{{/pcma}}{{#pcmu}}G711u{{/pcmu}}{{#g722}}G722{{/g722}}{{#g729}}G729a{{/g729}}{{#opus}}G711u{{/opus}}</Preferred_Codec_{{line}}_>
{{/codec1}}
{{#codec2}}
  <Second_Preferred_Codec_{{line}}_>{{#pcma}}G711a{{/pcma}}{{#pcmu}}G711u{{/pcmu}}{{#g722}}G722{{/g722}}{{#g729}}G729a{{/g729}}{{#opus}}Unspecified{{/opus}}</Second_Preferred_Codec_{{line}}_>
{{/codec2}}
{{/lines}}
{{#unused}}
  <Line_Enable_{{number}}_>No</Line_Enable_{{number}}_>
  <Password_{{number}}_></Password_{{number}}_>
{{/unused}}
{{#timezone}}
  <Time_Zone>GMT{{offset_clock}}</Time_Zone>
  <Daylight_Saving_Time_Enable>{{#summer}}Yes{{/summer}}{{^summer}}No{{/summer}}</Daylight_Saving_Time_Enable>
{{#summer}}
  <Daylight_Saving_Time_Rule>{{#start}}start={{month}}/{{#last_week}}-1{{/last_week}}{{^last_week}}{{first_day}}{{/last_week}}/{{weekday_from_monday}}/{{time}}:00;{{/start}}{{#end}}end={{month}}/{{#last_week}}-1{{/last_week}}{{^last_week}}{{first_day}}{{/last_week}}/{{weekday_from_monday}}/{{time}}:00;{{/end}}save={{saved_hours}}</Daylight_Saving_Time_Rule>
{{/summer}}
{{/timezone}}
{{#prov_url}}
  <Provision_Enable>Yes</Provision_Enable>
  <Resync_On_Reset>Yes</Resync_On_Reset>
  <Resync_Periodic>86400</Resync_Periodic>
  <Resync_From_SIP>Yes</Resync_From_SIP>
  <Profile_Rule>{{prov_url}}/spa$MA.xml</Profile_Rule>
{{/prov_url}}
</flat-profile>
`,
    },
  ],
};
