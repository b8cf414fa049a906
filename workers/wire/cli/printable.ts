/**
 * An answer in internal form to what the CLI prints: members in the order of the model, timestamps as text, bytes in
 * base64. JavaScript has one kind of number, Python two: `floats` remembers which numbers are floating point, by the
 * container they stand in, so that `48` of a double prints as `48.0` also after a query.
 */
import { shapeOf } from "../../model/models.ts";
import type { ServiceModel, Shape } from "../../model/shapes.ts";
import { timestampText } from "./python-text.ts";

export interface Printable {
  readonly value: unknown;
  /** Whether the number at `key` of `container` prints as a float; for numbers a query took out of their container the name is gone and the values decide. */
  isFloat(value: number, container: object | undefined, key: string | number): boolean;
}

/** `keepsOrder`: the members of the answer itself stay as they come (joined pages), those inside follow the model. */
export function printableOf(
  model: ServiceModel,
  shape: Shape | undefined,
  output: Readonly<Record<string, unknown>>,
  query: string | undefined,
  keepsOrder = false,
): Printable {
  const floatKeys = new WeakMap<object, Set<string | number>>();
  const own = new WeakSet<object>();
  const floatValues = new Set<number>();
  const wholeValues = new Set<number>();
  const floatNames = new Set<string>();

  const walk = (of: Shape | undefined, value: unknown, container: object | undefined, key: string | number, name: string): unknown => {
    if (value === null || value === undefined) return null;
    if (typeof value === "number") {
      if (of?.type === "timestamp") return timestampText(value);
      if (of?.type === "double" || of?.type === "float" || (of === undefined && !Number.isInteger(value))) {
        floatValues.add(value);
        floatNames.add(name);
        if (container !== undefined) floatKeys.set(container, (floatKeys.get(container) ?? new Set()).add(key));
      } else wholeValues.add(value);
      return value;
    }
    if (value instanceof Uint8Array) return base64(value);
    if (of?.type === "timestamp" && value instanceof Date) return timestampText(value.getTime());
    if (Array.isArray(value)) {
      const member = of?.type === "list" ? shapeOf(model, of.member.shape) : undefined;
      const list: unknown[] = [];
      own.add(list);
      value.forEach((each, index) => {
        list.push(walk(member, each, list, index, name));
      });
      return list;
    }
    if (typeof value !== "object") return value;
    const out: Record<string, unknown> = {};
    own.add(out);
    const given = value as Readonly<Record<string, unknown>>;
    const set = (each: string, member: Shape | undefined): void => {
      if (given[each] !== undefined) out[each] = walk(member, given[each], out, each, of?.type === "map" ? name : each);
    };
    if (of?.type === "structure") {
      const known = Object.keys(of.members);
      const others = Object.keys(given).filter((each) => !Object.hasOwn(of.members, each));
      const order = keepsOrder && container === undefined ? Object.keys(given) : [...known, ...others];
      for (const each of order) {
        const ref = Object.hasOwn(of.members, each) ? of.members[each] : undefined;
        set(each, ref === undefined ? undefined : shapeOf(model, ref.shape));
      }
    } else {
      const member = of?.type === "map" ? shapeOf(model, of.value.shape) : undefined;
      for (const each of Object.keys(given)) set(each, member);
    }
    return out;
  };

  const value = walk(shape, output, undefined, "", "");
  const named = new Set(query?.match(/[A-Za-z_]\w*/g) ?? []);
  const asksForFloats = [...floatNames].some((name) => named.has(name)) || /\b(?:avg|sum|max|min)\s*\(/.test(query ?? "");
  return {
    value,
    isFloat(number, container, key) {
      if (container !== undefined && own.has(container)) return floatKeys.get(container)?.has(key) === true;
      if (!Number.isInteger(number)) return true;
      return (
        asksForFloats &&
        floatValues.has(number) &&
        (!wholeValues.has(number) || named.size === 1 || floatNames.has(String(key)) || container === undefined || Array.isArray(container))
      );
    },
  };
}

export function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
