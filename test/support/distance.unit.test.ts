import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Distance, openDistance } from "./distance";

/** A server that greets, and answers every word by itself. */
const echo = createServer((socket) => {
  socket.write("hello");
  socket.on("data", (data) => socket.write(data));
});
let distance: Distance;

beforeEach(async () => {
  echo.listen(0, "127.0.0.1");
  await once(echo, "listening");
});
afterEach(async () => {
  await distance.close();
  echo.close();
});

/** Says so many words, each after the last one's answer, and how long all took. */
async function talk(words: number): Promise<number> {
  const begun = performance.now();
  const client = connect(distance.port, "127.0.0.1");
  await once(client, "data");
  for (let word = 0; word < words; word++) {
    client.write(`word ${word}`);
    await once(client, "data");
  }
  client.write("goodbye");
  client.end();
  await once(client.resume(), "close");
  return performance.now() - begun;
}

test("counts opening, every answered word, and the goodbye", async () => {
  distance = await openDistance((echo.address() as AddressInfo).port);
  await talk(5);
  expect(distance.roundTrips).toBe(7);
  distance.reset();
  await Promise.all([talk(1), talk(2)]);
  expect(distance.roundTrips).toBe(3 + 4);
});

test("makes every round trip longer by so much", async () => {
  distance = await openDistance((echo.address() as AddressInfo).port, 20);
  expect(await talk(10)).toBeGreaterThan(11 * 20 - 15);
});
