/** XML answers of the Query protocol. */
import { shapeOf } from "../model/models.ts";
import type { ListShape, MapShape, ServiceModel, StructureShape } from "../model/shapes.ts";
import { toBase64 } from "./base64.ts";
import { isFlattened, mapNames, memberName } from "./query-names.ts";

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#xD;" };

/** Text for an element. Characters that XML 1.0 cannot hold become U+FFFD. */
export function xmlText(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those XML has no way to write
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "\uFFFD")
      .replace(/[&<>"\r]/g, (character) => ESCAPES[character] ?? character)
  );
}

export function xmlElement(name: string, inner: string): string {
  return inner === "" ? `<${name}/>` : `<${name}>${inner}</${name}>`;
}

/** Members of a structure as elements, in the model's order. */
export function xmlMembers(model: ServiceModel, shape: StructureShape, value: Readonly<Record<string, unknown>>): string {
  let out = "";
  for (const [name, ref] of Object.entries(shape.members)) {
    const member = value[name];
    if (member === undefined || member === null) continue;
    const target = shapeOf(model, ref.shape);
    const element = memberName(ref, name, target);
    const flattened = isFlattened(ref, target);
    if (target.type === "list") out += xmlList(model, target, element, flattened, member as readonly unknown[]);
    else if (target.type === "map") out += xmlMap(model, target, element, flattened, member as Readonly<Record<string, unknown>>);
    else out += xmlElement(element, xmlValue(model, ref.shape, member));
  }
  return out;
}

function xmlList(model: ServiceModel, shape: ListShape, element: string, flattened: boolean, items: readonly unknown[]): string {
  const each = flattened ? element : (shape.member.locationName ?? "member");
  const inner = items.map((item) => xmlElement(each, xmlValue(model, shape.member.shape, item))).join("");
  return flattened ? inner : xmlElement(element, inner);
}

function xmlMap(model: ServiceModel, shape: MapShape, element: string, flattened: boolean, map: Readonly<Record<string, unknown>>): string {
  const names = mapNames(shape, flattened, element);
  const inner = Object.entries(map)
    .map(([key, value]) => {
      const pair = xmlElement(names.key, xmlText(key)) + xmlElement(names.value, xmlValue(model, shape.value.shape, value));
      return xmlElement(flattened ? element : names.entry, pair);
    })
    .join("");
  return flattened ? inner : xmlElement(element, inner);
}

function xmlValue(model: ServiceModel, shapeName: string, value: unknown): string {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case "structure":
      return xmlMembers(model, shape, value as Readonly<Record<string, unknown>>);
    case "list":
      return xmlList(model, shape, "member", true, value as readonly unknown[]);
    case "map":
      return xmlMap(model, shape, "entry", true, value as Readonly<Record<string, unknown>>);
    case "timestamp":
      return typeof value === "number" ? new Date(value).toISOString().replace(".000Z", "Z") : xmlText(String(value));
    case "blob":
      return value instanceof Uint8Array ? toBase64(value) : "";
    case "float":
    case "double":
      return xmlText(doubleText(value));
    default:
      return xmlText(String(value));
  }
}

/** Doubles are written as such even when they are whole: `5.0`. */
function doubleText(value: unknown): string {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
}
