import type { Envelope } from "../../model/envelope";
import { type Io, write } from "../io";
import { paint } from "./color";
import { fitted } from "./fitted";
import { visible } from "./visible";

/** Why a request was turned down, on stderr: `hermes: No such user. [failed/nonexistant]`. */
export async function writeRefusal(
  io: Io,
  envelope: Envelope,
  options: { readonly color: boolean },
): Promise<void> {
  const { red, dim } = await paint(options.color);
  const { response, cause, detail } = envelope;
  const keyword = cause === undefined ? response : `${response}/${cause}`;
  const words = detail === undefined ? [] : [visible(detail)];
  const lines = fitted(io, ["hermes:", ...words, `[${visible(keyword)}]`].join(" "));
  const painted = lines
    .replace(/^hermes:/, (name) => red(name))
    .replace(/\[[^[]*\]$/, (keyword) => dim(keyword));
  await write(io.stderr, `${painted}\n`);
}
