import type { Envelope } from "../../model/envelope";
import { type Io, write } from "../io";
import { paint } from "./color";
import { visible } from "./visible";

/** Why a request was turned down, in one line on stderr: `hermes: No such user. [failed/nonexistant]`. */
export async function writeRefusal(
  io: Io,
  envelope: Envelope,
  options: { readonly color: boolean },
): Promise<void> {
  const { red, dim } = await paint(options.color);
  const { response, cause, detail } = envelope;
  const keyword = cause === undefined ? response : `${response}/${cause}`;
  const words = detail === undefined ? [] : [visible(detail)];
  const line = [red("hermes:"), ...words, dim(`[${visible(keyword)}]`)].join(" ");
  await write(io.stderr, `${line}\n`);
}
