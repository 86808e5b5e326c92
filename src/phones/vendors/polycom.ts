import type { Vendor } from "../vendor";

/**
 * Parameters: Polycom's "UC Software Administrator Guide", UCS 4.0 and later. The phone asks for
 * `<mac>.cfg`, which names the files that it then asks for; what they leave out is at its default.
 */
export const polycom: Vendor = {
  name: "polycom",
  title: "Polycom",
  models: ["VVX150", "VVX250", "VVX350", "VVX411", "VVX450", "VVX501", "VVX601", "SoundPointIP550"],
  ouis: ["0004f2", "64167f"],
  lines: 16,
  files: [
    {
      names: ["{{mac}}.cfg"],
      format: "xml",
      template: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<APPLICATION APP_FILE_PATH="sip.ld" CONFIG_FILES="phone-{{mac}}.cfg" MISC_FILES="" LOG_FILE_DIRECTORY="" OVERRIDES_DIRECTORY="" CONTACTS_DIRECTORY="" LICENSE_DIRECTORY="" USER_PROFILES_DIRECTORY="" CALL_LISTS_DIRECTORY=""/>
`,
    },
    {
      names: ["phone-{{mac}}.cfg"],
      format: "xml",
      template: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<polycomConfig>
{{#lines}}
  <reg reg.{{number}}.address="{{address}}"
    reg.{{number}}.displayName="{{displayname}}"
    reg.{{number}}.label="{{linetext}}"
    reg.{{number}}.auth.userId="{{authid}}"
    reg.{{number}}.auth.password="{{password}}"
    reg.{{number}}.auth.domain="{{domain}}"
    reg.{{number}}.server.1.address="{{registrar}}"
    reg.{{number}}.server.1.port="{{r_port}}"
    reg.{{number}}.server.1.transport="{{#udp}}UDPOnly{{/udp}}{{#tcp}}TCPOnly{{/tcp}}{{#tls}}TLS{{/tls}}"
    reg.{{number}}.outboundProxy.address="{{proxy}}"
    reg.{{number}}.outboundProxy.port="{{p_port}}"
    reg.{{number}}.outboundProxy.transport="{{#udp}}UDPOnly{{/udp}}{{#tcp}}TCPOnly{{/tcp}}{{#tls}}TLS{{/tls}}"/>
{{#dialplan}}
  <dialplan dialplan.{{number}}.digitmap="{{dialplan}}"/>
{{/dialplan}}
{{/lines}}
  <codecs{{#codecs}} voice.codecPref.{{#pcma}}G711_A{{/pcma}}{{#pcmu}}G711_Mu{{/pcmu}}{{#g722}}G722{{/g722}}{{#g729}}G729_AB{{/g729}}{{#opus}}Opus{{/opus}}="{{number}}"{{/codecs}}{{#other_codecs}} voice.codecPref.{{#pcma}}G711_A{{/pcma}}{{#pcmu}}G711_Mu{{/pcmu}}{{#g722}}G722{{/g722}}{{#g729}}G729_AB{{/g729}}{{#opus}}Opus{{/opus}}="0"{{/other_codecs}}/>
{{#timezone}}
  <time tcpIpApp.sntp.gmtOffset="{{offset_seconds}}"
    tcpIpApp.sntp.gmtOffset.overrideDHCP="1"
{{^summer}}
    tcpIpApp.sntp.daylightSavings.enable="0"/>
{{/summer}}
{{#summer}}
    tcpIpApp.sntp.daylightSavings.enable="1"
    tcpIpApp.sntp.daylightSavings.fixedDayEnable="0"
{{#start}}
    tcpIpApp.sntp.daylightSavings.start.month="{{month}}"
    tcpIpApp.sntp.daylightSavings.start.date="{{first_day}}"
    tcpIpApp.sntp.daylightSavings.start.dayOfWeek="{{weekday_from_sunday}}"
    tcpIpApp.sntp.daylightSavings.start.dayOfWeek.lastInMonth="{{#last_week}}1{{/last_week}}{{^last_week}}0{{/last_week}}"
    tcpIpApp.sntp.daylightSavings.start.time="{{hour}}"
{{/start}}
{{#end}}
    tcpIpApp.sntp.daylightSavings.stop.month="{{month}}"
    tcpIpApp.sntp.daylightSavings.stop.date="{{first_day}}"
    tcpIpApp.sntp.daylightSavings.stop.dayOfWeek="{{weekday_from_sunday}}"
    tcpIpApp.sntp.daylightSavings.stop.dayOfWeek.lastInMonth="{{#last_week}}1{{/last_week}}{{^last_week}}0{{/last_week}}"
    tcpIpApp.sntp.daylightSavings.stop.time="{{hour}}"/>
{{/end}}
{{/summer}}
{{/timezone}}
{{#prov_url}}
  <provisioning device.set="1" device.prov.serverName.set="1" device.prov.serverName="{{prov_url}}"
    prov.polling.enabled="1" prov.polling.mode="rel" prov.polling.period="86400"/>
{{/prov_url}}
</polycomConfig>
`,
    },
  ],
};
