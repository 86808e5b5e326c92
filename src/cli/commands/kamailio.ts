import * as answer from "../../answers";
import { answer as success } from "../../model/envelope";
import { command } from "../command";
import { write } from "../io";

export const kamailioClasses = command({
  name: "kamailio/classes",
  summary: "Print the call classes as a route for kamailio.cfg",
  description:
    "The rules of the section [classes] of the configuration, by which hermes permission check judges as well. The example's kamailio.cfg includes them.",
  params: {},
  answers: { content: answer.text() },
  examples: [
    { command: "hermes kamailio classes > /etc/kamailio/classes.cfg", about: "then restart it" },
  ],
  async run(cli) {
    const [{ compileClasses }, { kamailioClasses: route }] = await Promise.all([
      import("../../classes/compile"),
      import("../../classes/kamailio-route"),
    ]);
    const { classes } = await cli.configuration();
    const content = route(await compileClasses(classes));
    if (cli.flags.json) return success({ content });
    await write(cli.io.stdout, content);
    return 0;
  },
});
