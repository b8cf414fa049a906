/** Selectors as fields. The JSON text is the state; fields read it and write it, and leave alone what they do not know. */
import { OPERATORS, type SelectorOperator } from "../../../workers/language/trail-selectors/tree.ts";
import type { SelectorKind } from "./selector-text.ts";

export type Json = Readonly<Record<string, unknown>>;

export interface DataRow {
  readonly type: string;
  readonly values: readonly string[];
}

/** One operator of one field selector. */
export interface FieldRow {
  /** Place of the field selector in its list. */
  readonly place: number;
  readonly field: string;
  readonly operator: SelectorOperator;
  readonly values: readonly string[];
}

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const isOptional = (value: unknown, type: "string" | "boolean"): boolean => value === undefined || typeof value === type;
const areTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((one) => typeof one === "string");
const areObjects = (value: unknown): value is readonly Json[] => Array.isArray(value) && value.every(isObject);

function isBasic(one: Json): boolean {
  const { ReadWriteType, IncludeManagementEvents, ExcludeManagementEventSources = [], DataResources = [] } = one;
  return (
    isOptional(ReadWriteType, "string") &&
    isOptional(IncludeManagementEvents, "boolean") &&
    areTexts(ExcludeManagementEventSources) &&
    areObjects(DataResources) &&
    DataResources.every(({ Type, Values = [] }) => isOptional(Type, "string") && areTexts(Values))
  );
}

function isAdvanced(one: Json): boolean {
  const { Name, FieldSelectors } = one;
  return (
    isOptional(Name, "string") &&
    areObjects(FieldSelectors) &&
    FieldSelectors.every(
      (field) => typeof field["Field"] === "string" && OPERATORS.every((name) => field[name] === undefined || areTexts(field[name])),
    )
  );
}

/** The selectors of a text that fields can show; undefined for every other. */
export function listIn(text: string, kind: SelectorKind): readonly Json[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined; // the editor says where it is no JSON
  }
  return areObjects(value) && value.every(kind === "basic" ? isBasic : isAdvanced) ? value : undefined;
}

export const textOfList = (list: readonly Json[]): string => JSON.stringify(list, undefined, 2);

export const replaced = <T>(list: readonly T[], at: number, next: T): readonly T[] => list.map((one, place) => (place === at ? next : one));
export const without = <T>(list: readonly T[], at: number): readonly T[] => list.filter((_, place) => place !== at);

/** A member set, or left away. */
export function put(one: Json, name: string, value: unknown): Json {
  if (value !== undefined) return { ...one, [name]: value };
  const { [name]: _, ...rest } = one;
  return rest;
}

// What `listIn` let through has these forms.
export const dataRows = (one: Json): readonly DataRow[] =>
  ((one["DataResources"] ?? []) as readonly { readonly Type?: string; readonly Values?: readonly string[] }[]).map(
    ({ Type = "", Values = [] }) => ({ type: Type, values: Values }),
  );

export const withData = (one: Json, rows: readonly DataRow[]): Json =>
  put(one, "DataResources", rows.length === 0 ? undefined : rows.map(({ type, values }) => ({ Type: type, Values: values })));

const fieldsOf = (one: Json): readonly Json[] => one["FieldSelectors"] as readonly Json[];
const withFields = (one: Json, fields: readonly Json[]): Json => put(one, "FieldSelectors", fields);

export const fieldRows = (one: Json): readonly FieldRow[] =>
  fieldsOf(one).flatMap((field, place): readonly FieldRow[] => {
    const given = OPERATORS.filter((name) => field[name] !== undefined);
    return (given.length === 0 ? (["Equals"] as const) : given).map((operator) => ({
      place,
      field: String(field["Field"]),
      operator,
      values: (field[operator] ?? []) as readonly string[],
    }));
  });

export const addField = (one: Json, field: string): Json => withFields(one, [...fieldsOf(one), { Field: field, Equals: [] }]);

/** One row changed: its field, its operator (with what another row of the field had under it), its values. */
export function changeRow(one: Json, row: FieldRow, next: Partial<Pick<FieldRow, "field" | "operator" | "values">>): Json {
  const before = fieldsOf(one)[row.place] ?? {};
  const operator = next.operator ?? row.operator;
  const moved = operator === row.operator ? [] : ((before[operator] ?? []) as readonly string[]);
  const rest = put(put(before, row.operator, undefined), operator, undefined);
  const changed = { ...rest, Field: next.field ?? row.field, [operator]: [...moved, ...(next.values ?? row.values)] };
  return withFields(one, replaced(fieldsOf(one), row.place, changed));
}

export function removeRow(one: Json, row: FieldRow): Json {
  const rest = put(fieldsOf(one)[row.place] ?? {}, row.operator, undefined);
  const isLast = OPERATORS.every((name) => rest[name] === undefined);
  return withFields(one, isLast ? without(fieldsOf(one), row.place) : replaced(fieldsOf(one), row.place, rest));
}

/** Values as lines of a text; empty lines are none. */
export const linesIn = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
