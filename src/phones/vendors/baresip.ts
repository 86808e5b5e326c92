import type { Vendor } from "../vendor";

/**
 * A folder for `baresip -f`: `accounts` as its account module reads it, and `config`. Written for
 * 1.0 and later. Its model is the module that plays and records: without one there is no sound, as
 * on a host that has no sound card. A display name longer than 80 bytes is cut, as baresip reads 511 of a line.
 */
export const baresip: Vendor = {
  name: "baresip",
  title: "baresip",
  models: ["alsa", "jack", "pulse"],
  ouis: [],
  lines: 16,
  files: [
    {
      names: ["baresip-{{mac}}/accounts"],
      format: "baresip",
      template: `# Accounts of phone {{mac}}.
{{#lines}}
{{#displayname}}"{{displayname}}" {{/displayname}}<sip:{{username}}@{{domain}};transport={{transport}}>;auth_user="{{authid}}";auth_pass="{{password}}";outbound="sip:{{proxy}}:{{p_port}};transport={{transport}}";audio_codecs={{#codecs}}{{codec}}{{#opus}}/48000/2{{/opus}}{{#g722}}/16000/1{{/g722}}{{^last}},{{/last}}{{/codecs}};regint=600
{{/lines}}
`,
    },
    {
      names: ["baresip-{{mac}}/config"],
      format: "keyvalue",
      template: `# Settings of phone {{mac}}. What is not here is at its default.
module_path /usr/lib/baresip/modules
{{#wants.pcma}}
module g711.so
{{/wants.pcma}}
{{^wants.pcma}}
{{#wants.pcmu}}
module g711.so
{{/wants.pcmu}}
{{/wants.pcma}}
{{#wants.g722}}
module g722.so
{{/wants.g722}}
{{#wants.opus}}
module opus.so
{{/wants.opus}}
{{#model}}
module {{model}}.so
audio_source {{model}},default
audio_player {{model}},default
audio_alert {{model}},default
{{/model}}
module_tmp account.so
module_app menu.so
`,
    },
  ],
};
