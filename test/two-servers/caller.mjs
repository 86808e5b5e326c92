// A process that makes one call and says its answer.
import { createRequire } from "node:module";

const [, , library, node, params] = process.argv;
const { loadConfig, openHermes } = createRequire(import.meta.url)(library);
const hermes = openHermes(await loadConfig(process.env));
const answer = await hermes.call(node, JSON.parse(params));
process.stdout.write(JSON.stringify(answer));
await hermes.close();
