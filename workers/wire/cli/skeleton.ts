/** `--generate-cli-skeleton`: the JSON of an operation's input with an example value for every member. */
import { shapeOf, structureOf } from "../../model/models.ts";
import type { ServiceModel, Shape } from "../../model/shapes.ts";
import { renderJson } from "./output.ts";

export function skeletonText(model: ServiceModel, operation: string): string {
  const structure = structureOf(model, model.operations[operation]?.input);
  const floats = new WeakMap<object, Set<string | number>>();
  const value = structure === undefined ? {} : example(model, structure, [], floats);
  return `${renderJson(value, (_, container, key) => container !== undefined && floats.get(container)?.has(key) === true, undefined, "", "")}\n`;
}

function example(model: ServiceModel, shape: Shape, above: readonly string[], floats: WeakMap<object, Set<string | number>>): unknown {
  const inner = (container: object, key: string | number, name: string): unknown => {
    if (above.includes(name)) return {};
    const of = shapeOf(model, name);
    if (of.type === "double" || of.type === "float") floats.set(container, (floats.get(container) ?? new Set()).add(key));
    return example(model, of, [...above, name], floats);
  };
  switch (shape.type) {
    case "structure": {
      const out: Record<string, unknown> = {};
      for (const [name, ref] of Object.entries(shape.members)) out[name] = inner(out, name, ref.shape);
      return out;
    }
    case "list": {
      const out: unknown[] = [];
      out.push(inner(out, 0, shape.member.shape));
      return out;
    }
    case "map": {
      const out: Record<string, unknown> = {};
      out["KeyName"] = inner(out, "KeyName", shape.value.shape);
      return out;
    }
    case "string":
      return shape.enum?.[0] ?? "";
    case "boolean":
      return true;
    case "timestamp":
      return "1970-01-01T00:00:00";
    case "blob":
      return "";
    default:
      return 0;
  }
}
