import { number, record, text } from "./types";

/** A domain's default servers, as phones are told them. */
export const servers = () =>
  record({
    registrar: text(),
    r_port: number({ label: "registrar port" }),
    proxy: text(),
    p_port: number({ label: "proxy port" }),
    prov_url: text({ label: "provisioning URL" }),
  });
