/** AWS Query protocol: form fields into internal form. */
import { ServiceError } from "../model/errors.ts";
import { shapeOf } from "../model/models.ts";
import type { ListShape, MapShape, ServiceModel, StructureShape } from "../model/shapes.ts";
import { fromBase64 } from "./base64.ts";
import { ec2FieldName, isEc2, isFlattened, mapNames, memberName } from "./query-names.ts";

/** Fields by their dotted name, as a tree: `A.member.1.B` lies under A, member, 1, B. */
interface Node {
  value: string | undefined;
  readonly children: Map<string, Node>;
}

/** Deepest field name that is read; no AWS input nests further. */
const DEEPEST = 64;

/** Turns form fields into the operation's input. Fields the model does not know are skipped. */
export function decodeQueryInput(
  model: ServiceModel,
  input: string | undefined,
  fields: ReadonlyMap<string, string>,
): Record<string, unknown> {
  if (input === undefined) return {};
  const root = emptyNode();
  for (const [name, value] of fields) {
    const steps = name.split(".");
    if (steps.length > DEEPEST) throw malformed(`The parameter name ${name.slice(0, 100)} nests too deeply`);
    let node = root;
    for (const step of steps) {
      let next = node.children.get(step);
      if (next === undefined) {
        next = emptyNode();
        node.children.set(step, next);
      }
      node = next;
    }
    node.value = value;
  }
  return (decodeNode(model, input, root, input) ?? {}) as Record<string, unknown>;
}

function emptyNode(): Node {
  return { value: undefined, children: new Map() };
}

function decodeNode(model: ServiceModel, shapeName: string, node: Node, place: string): unknown {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case "structure":
      return decodeStructure(model, shape, node);
    case "list":
      return decodeList(model, shape, node, false, place);
    case "map":
      return decodeMap(model, shape, node, false, place);
    default:
      return node.value === undefined ? undefined : decodeScalar(shape.type, node.value, place);
  }
}

function decodeStructure(model: ServiceModel, shape: StructureShape, node: Node): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, ref] of Object.entries(shape.members)) {
    const target = shapeOf(model, ref.shape);
    const element = isEc2(model) ? ec2FieldName(ref, name) : memberName(ref, name, target);
    const child = node.children.get(element) ?? node.children.get(name);
    if (child === undefined) continue;
    const flattened = isEc2(model) || isFlattened(ref, target);
    const value =
      target.type === "list"
        ? decodeList(model, target, child, flattened, element)
        : target.type === "map"
          ? decodeMap(model, target, child, flattened, element)
          : decodeNode(model, ref.shape, child, element);
    if (value !== undefined) out[name] = value;
  }
  return out;
}

/** `X=` with nothing behind it is an empty list, as clients write one. */
function decodeList(model: ServiceModel, shape: ListShape, node: Node, flattened: boolean, place: string): unknown[] {
  const items = flattened ? node : (node.children.get(shape.member.locationName ?? "member") ?? node.children.get("member") ?? node);
  return numbered(items).map(([number, child]) => decodeNode(model, shape.member.shape, child, `${place}.member.${number}`) ?? null);
}

function decodeMap(model: ServiceModel, shape: MapShape, node: Node, flattened: boolean, place: string): Record<string, unknown> {
  const names = mapNames(shape, flattened, place);
  const entries = names.entry === "" ? node : (node.children.get(names.entry) ?? node);
  return Object.fromEntries(
    numbered(entries).flatMap(([, child]): [string, unknown][] => {
      const key = child.children.get(names.key)?.value;
      const value = child.children.get(names.value);
      return key === undefined ? [] : [[key, value === undefined ? "" : decodeNode(model, shape.value.shape, value, place)]];
    }),
  );
}

/** Children under whole numbers, in the order of the numbers; gaps close up. */
function numbered(node: Node): [number, Node][] {
  return [...node.children]
    .filter(([step]) => /^\d{1,9}$/.test(step))
    .map(([step, child]): [number, Node] => [Number(step), child])
    .sort(([a], [b]) => a - b);
}

function decodeScalar(type: string, text: string, place: string): unknown {
  switch (type) {
    case "integer":
    case "long":
      if (/^[+-]?\d+$/.test(text)) return Number(text);
      throw malformed(`The value ${text} of ${place} is no ${type}`);
    case "float":
    case "double":
      if (/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)) return Number(text);
      if (text === "NaN" || text === "Infinity" || text === "-Infinity") return Number(text);
      throw malformed(`The value ${text} of ${place} is no ${type}`);
    case "boolean":
      if (text === "true" || text === "false") return text === "true";
      throw malformed(`The value ${text} of ${place} is neither true nor false`);
    case "timestamp":
      // ISO 8601 passes as it is (internal form); some clients send epoch seconds.
      return /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * 1000) : text;
    case "blob": {
      const bytes = fromBase64(text);
      if (bytes === undefined) throw malformed(`The value of ${place} is no base64`);
      return bytes;
    }
    default:
      return text;
  }
}

function malformed(message: string): ServiceError {
  return new ServiceError("MalformedInput", message);
}
