import { open } from "../../access/lite";
import * as answer from "../../answers";
import { node } from "../node";

export const vendors = node({
  name: "phone/vendors",
  summary: "List the makes of phones that can be configured",
  description:
    "Hermes' own, and those that the site has described in the folder phones.templates of the configuration. A model that is not listed mostly understands the same files.",
  access: "limited_read",
  offline: true,
  params: {},
  answers: {
    list: answer.rows(
      answer.record({
        vendor: answer.text(),
        title: answer.text(),
        models: answer.list(answer.text()),
        lines: answer.number({ label: "accounts" }),
        source: answer.nullable(answer.text({ label: "template" })),
      }),
    ),
  },
  lite: open,
  examples: [{ command: "hermes phone vendors" }],
  async run(_stores, _params, { phoneVendors }) {
    const list = (await phoneVendors()).list().map(({ name, title, models, lines, source }) => ({
      vendor: name,
      title,
      models: [...models],
      lines,
      source: source ?? null,
    }));
    return { list };
  },
});
