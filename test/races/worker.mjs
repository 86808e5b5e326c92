// One of a crew: a process with a Hermes of its own, that does a batch whenever it is told to.
import { createRequire } from "node:module";

const [, , library] = process.argv;
const { loadConfig, openHermes } = createRequire(import.meta.url)(library);
const hermes = openHermes(await loadConfig(process.env));

process.on("message", async (requests) => {
  process.send(await hermes.batch(requests, { name: "crew" }));
});
process.on("disconnect", () => hermes.close());
process.send("ready");
