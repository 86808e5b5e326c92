import type { Vendor } from "../vendor";

/** liblinphone's settings; an empty line ends a section. */
const SETTINGS = `[sip]
default_proxy=0
register_only_when_network_is_up=0

{{#lines}}
[auth_info_{{index}}]
username={{username}}
userid={{authid}}
passwd={{password}}
realm={{domain}}
domain={{domain}}

[proxy_{{index}}]
reg_identity={{#quotedname}}{{quotedname}} {{/quotedname}}<sip:{{username}}@{{domain}}>
reg_proxy=<sip:{{registrar}}:{{r_port}};transport={{transport}}>
reg_route=<sip:{{proxy}}:{{p_port}};transport={{transport}};lr>
reg_expires=600
reg_sendregister=1
publish=0

{{/lines}}
{{#codecs}}
[audio_codec_{{index}}]
mime={{codec}}
rate={{#opus}}48000{{/opus}}{{^opus}}8000{{/opus}}
channels={{#opus}}2{{/opus}}{{^opus}}1{{/opus}}
enabled=1

{{/codecs}}
{{#prov_url}}
[misc]
config-uri={{prov_url}}/linphone-{{mac}}.xml

{{/prov_url}}
`;

/** The same as liblinphone fetches it: its schema `lpconfig`, one element an entry. */
function asXml(settings: string): string {
  const lines = settings
    .trimEnd()
    .split("\n")
    .map((line) => {
      const section = /^\[(.*)\]$/.exec(line);
      if (section !== null) return `  <section name="${section[1]}">`;
      const entry = /^([a-z_-]+)=(.*)$/.exec(line);
      if (entry === null) return line === "" ? "  </section>" : line;
      const value = entry[2]?.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
      return `    <entry name="${entry[1]}" overwrite="true">${value}</entry>`;
    });
  return `<?xml version="1.0" encoding="UTF-8"?>
<config xmlns="http://www.linphone.org/xsds/lpconfig.xsd">
${lines.join("\n")}
</config>
`;
}

/** A file for `linphone -c` and `linphonec -c`, and the one that it fetches from then on. */
export const linphone: Vendor = {
  name: "linphone",
  title: "Linphone",
  models: [],
  ouis: [],
  lines: 16,
  files: [
    { names: ["linphone-{{mac}}.rc"], format: "ini", template: SETTINGS },
    { names: ["linphone-{{mac}}.xml"], format: "xml", template: asXml(SETTINGS) },
  ],
};
