import type { MapNode } from "./answers.ts";

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&")}"`;

/** The filter expression that a service passes, with what must hold of it. */
export function serviceExpression(node: Pick<MapNode, "name" | "type" | "kind">, block?: string): string {
  const type = node.kind === "client" || node.type === undefined ? "" : `, type: ${quoted(node.type)}`;
  const head = `service(id(name: ${quoted(node.name)}${type}))`;
  return block === undefined ? head : `${head} { ${block} }`;
}
