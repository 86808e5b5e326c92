import { beforeEach, describe, expect, it } from "vitest";
import type { Credentials } from "../../src/model/credentials";
import { nodes } from "../../src/nodes/registry";
import { failed, invalid } from "../support/answers";
import { operator, useGuard } from "../support/operators";
import { DOMAIN, useSite } from "../support/site";

const SERVERS = {
  registrar: "r.test",
  r_port: 1,
  proxy: "p.test",
  p_port: 2,
  prov_url: "http://x/",
};

describe("session and auth_key are parameters of every node", () => {
  const site = useSite("embedded");
  const guarded = useGuard(site);
  let writer: Credentials;
  let proof: { session: string; auth_key: string };

  beforeEach(async () => {
    writer = await operator(site(), guarded(), "writer", { access: "read_write" });
    proof = { session: writer.session, auth_key: writer.authKey };
  });

  it("prove whose call it is, where the caller proves nothing", async () => {
    const answer = await guarded().call(undefined, "domain/list", proof);
    expect(answer).toMatchObject({ response: "ok" });
    const wrong = { ...proof, auth_key: "wrong" };
    expect(await guarded().call(undefined, "domain/list", wrong)).toEqual(failed("unauthorized"));
  });

  it("stand in the place of the caller's own", async () => {
    const reader = await operator(site(), guarded(), "reader", { access: "limited_read" });
    const number = { number: "+4712345000" };
    expect(await guarded().call(reader, "numbers/add", number)).toEqual(failed("unauthorized"));
    expect(await guarded().call(reader, "numbers/add", { ...number, ...proof })).toMatchObject({
      response: "ok",
    });
    const weaker = { session: reader.session, auth_key: reader.authKey };
    expect(await guarded().call(writer, "numbers/remove", { ...number, ...weaker })).toEqual(
      failed("unauthorized"),
    );
  });

  it("are no business of the node's", async () => {
    const params = { domain: DOMAIN, ...SERVERS, ...proof };
    expect(await guarded().call(undefined, "domain/set_servers", params)).toEqual({
      response: "ok",
      domain: DOMAIN,
      servers: SERVERS,
    });
  });

  it("go together, and are secrets", async () => {
    for (const half of [{ session: proof.session }, { auth_key: proof.auth_key }]) {
      expect(await guarded().call(writer, "domain/list", half)).toEqual(
        invalid("parameters", "together"),
      );
      // Nobody learns what is wrong with a request that they may not make.
      expect(await guarded().call(undefined, "domain/list", half)).toEqual(failed("unauthorized"));
    }
    expect(await guarded().call(writer, "domain/list", { ...proof, session: "" })).toEqual(
      invalid("parameters", "session"),
    );
  });

  it("let those who prove themselves hear what is wrong with their request", async () => {
    const answer = await guarded().call(undefined, "domain/list", { ...proof, nonsense: 1 });
    expect(answer).toEqual(invalid("parameters", "nonsense"));
  });

  it("hold for one request of a batch", async () => {
    const requests = [
      { node: "numbers/add", params: { number: "+4712345000" } },
      { node: "numbers/add", params: { number: "+4712345001", ...proof } },
    ];
    const answers = await guarded().hermes.batch(requests, { name: "tester" });
    expect(answers).toEqual([failed("unauthorized"), expect.objectContaining({ response: "ok" })]);
  });

  it.each(nodes.map(({ name }) => name))("%s takes them", async (name) => {
    // Whatever else is said about the request: not that there are no such parameters.
    const { detail } = await site().call(name, { session: "x", auth_key: "y" });
    expect(String(detail)).not.toMatch(/nknown parameter/);
  });
});
