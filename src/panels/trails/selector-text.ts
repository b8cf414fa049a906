/** Selectors as a person writes them: JSON text, checked as CloudTrail checks it, tried on events. */
import { checkAdvancedSelectors, checkBasicSelectors } from "../../../workers/language/trail-selectors/check.ts";
import { DEFAULT_SELECTORS, type LoggedBecause, takesEvent } from "../../../workers/language/trail-selectors/evaluate.ts";
import type { SelectableEvent, TrailSelectors } from "../../../workers/language/trail-selectors/tree.ts";
import type { JsonError } from "../../editors/json/JsonInput.tsx";
import { syntaxError } from "../../editors/json/syntax-error.ts";
import type { TrailRow } from "./trail-reads.ts";

export type SelectorKind = "basic" | "advanced";

export const selectorsOf = (trail: TrailRow): TrailSelectors => trail.selectors ?? DEFAULT_SELECTORS;
export const kindOf = (selectors: TrailSelectors): SelectorKind => ("basic" in selectors ? "basic" : "advanced");
export const textOf = (selectors: TrailSelectors): string =>
  JSON.stringify("basic" in selectors ? selectors.basic : selectors.advanced, undefined, 2);

export type ReadSelectors = { readonly selectors: TrailSelectors } | { readonly error: JsonError };

const isList = (value: unknown): value is readonly object[] =>
  Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null && !Array.isArray(one));

export function readSelectors(text: string, kind: SelectorKind): ReadSelectors {
  const broken = syntaxError(text);
  if (broken !== undefined) return { error: broken };
  const value: unknown = JSON.parse(text);
  if (!isList(value)) return { error: { message: "Selectors are a list of objects." } };
  if (kind === "advanced" && !value.every((one) => isList((one as { FieldSelectors?: unknown }).FieldSelectors)))
    return { error: { message: "Every advanced selector has FieldSelectors, a list of objects." } };
  try {
    if (kind === "basic") {
      checkBasicSelectors(value);
      return { selectors: { basic: value } };
    }
    const advanced = value as Extract<TrailSelectors, { advanced: unknown }>["advanced"];
    checkAdvancedSelectors(advanced);
    return { selectors: { advanced } };
  } catch (thrown) {
    const { message, hint } = thrown as { readonly message: string; readonly hint?: string };
    const word = wordOf(message);
    return { error: { message, hint, ...(word === undefined ? {} : placeOf(text, word)) } };
  }
}

/** The value or field that a refusal names. */
export const wordOf = (message: string): string | undefined => /(?:[Vv]alue|field) (\S+?)(?:\.$| )/.exec(message)?.[1];

function placeOf(text: string, word: string): { readonly from: number; readonly to: number } | undefined {
  const from = text.indexOf(JSON.stringify(word));
  return from < 0 ? undefined : { from, to: from + word.length + 2 };
}

/** Whether an event would be taken, and why, selector by selector. */
export function whyTaken(selectors: TrailSelectors, event: Readonly<Record<string, unknown>>): LoggedBecause {
  let because: LoggedBecause = { verdict: false, reason: "", selectors: [] };
  takesEvent(selectors, event as SelectableEvent, (told) => {
    because = told;
  });
  return because;
}

/** Starting points. */
export const PRESETS: readonly { readonly id: string; readonly kind: SelectorKind; readonly selectors: readonly object[] }[] = [
  { id: "management", kind: "basic", selectors: [{ ReadWriteType: "All", IncludeManagementEvents: true }] },
  { id: "writes", kind: "basic", selectors: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }] },
  {
    id: "objects",
    kind: "basic",
    selectors: [
      { ReadWriteType: "All", IncludeManagementEvents: true, DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }] },
    ],
  },
  {
    id: "advanced",
    kind: "advanced",
    selectors: [
      {
        Name: "Writes but those of KMS",
        FieldSelectors: [
          { Field: "eventCategory", Equals: ["Management"] },
          { Field: "readOnly", Equals: ["false"] },
          { Field: "eventSource", NotEquals: ["kms.amazonaws.com"] },
        ],
      },
    ],
  },
];
