import { host, port, url } from "../../params/types";

/** A domain's default servers, as parameters. */
export const serverParams = {
  registrar: host("where phones register"),
  r_port: port("the registrar's port"),
  proxy: host("where phones send calls", "proxy.example.org"),
  p_port: port("the proxy's port"),
  prov_url: url("where phones fetch their configuration", "https://example.org/hermes/prov"),
};
