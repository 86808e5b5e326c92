export type { Config } from "./config/config";
export { loadConfig } from "./config/load";
export { type CallOptions, Hermes, type HermesOptions, openHermes } from "./hermes";
export type { Envelope, Fields, Response } from "./model/envelope";
export { Rows } from "./model/rows";
export type { Access, Caller, Example, NodeDeclaration } from "./nodes/node";
export { type Family, families, findNode, nodes } from "./nodes/registry";
export type { Given, Input, Param } from "./params/param";
