export { answerSchema, type Schema } from "./answers/schema";
export type { CallOptions } from "./call-options";
export type { Config } from "./config/config";
export { loadConfig } from "./config/load";
export { Hermes, type HermesOptions, openHermes } from "./hermes";
export { type Envelope, type Fields, type Response, succeeded } from "./model/envelope";
export { Rows } from "./model/rows";
export type { Access, Caller, Example, NodeDeclaration } from "./nodes/node";
export {
  type Answer,
  type Answered,
  type Family,
  families,
  findNode,
  type NodeName,
  nodes,
} from "./nodes/registry";
export type { Given, Input, Param } from "./params/param";
