/** What could be written at the caret of a filter expression. */
import type { Place } from "./tree.ts";
import { WORDS } from "./words.ts";

/** Words of the account that an expression may name. */
export interface FilterNames {
  readonly annotations: readonly string[];
  readonly services: readonly string[];
  readonly types: readonly string[];
  readonly groups: readonly string[];
  /** Values seen of a keyword (`user`, `http.method` ...). */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

export interface FilterOption {
  readonly label: string;
  /** What replaces [from, to). */
  readonly insert: string;
  readonly about: string;
}

export interface FilterCompletion {
  readonly from: number;
  readonly to: number;
  readonly options: readonly FilterOption[];
}

const WORD_END = /[A-Za-z_][A-Za-z0-9_.]*$/;
const OPEN_TEXT = /"((?:[^"\\]|\\.)*)$/;
const COMPLEX: readonly FilterOption[] = [
  { label: "service()", insert: "service(", about: "a service of the trace" },
  { label: "edge()", insert: "edge(", about: "a call from one service to another" },
  { label: "group.name", insert: "group.name = ", about: "the expression of a group" },
  { label: "rootcause.fault.service", insert: "rootcause.fault.service { ", about: "where a fault began" },
  { label: "rootcause.error.service", insert: "rootcause.error.service { ", about: "where an error began" },
  { label: "rootcause.responsetime.entity", insert: "rootcause.responsetime.entity { ", about: "where the time went" },
];
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  flag: ["= true", "= false"],
  number: ["=", "!=", "<", "<=", ">", ">="],
  text: ["=", "!=", "CONTAINS", "BEGINSWITH", "ENDSWITH"],
};

/** @param caret offset into the text, in UTF-16 units */
export function completeFilter(text: string, caret: number, names: FilterNames): FilterCompletion {
  const before = text.slice(0, caret);
  const quote = openQuote(before);
  if (quote >= 0) return completeText(before, quote, names);
  const typed = WORD_END.exec(before)?.[0] ?? "";
  const from = caret - typed.length;
  const place = placeAt(before);
  const fits = (options: readonly FilterOption[]): FilterCompletion => ({
    from,
    to: caret,
    options: options.filter(({ label }) => label.toLowerCase().startsWith(typed.toLowerCase())),
  });
  const previous = WORD_END.exec(before.slice(0, from).trimEnd())?.[0].toLowerCase() ?? "";
  const kind = Object.hasOwn(WORDS, previous) ? WORDS[previous]?.kind : previous.startsWith("annotation.") ? "text" : undefined;
  const signs = kind === undefined || typed.includes(".") ? [] : (SIGNS[kind] ?? []);
  const joins = kind === "flag" || kind === "text" || /[)}"\d]$/.test(before.slice(0, from).trimEnd()) ? ["AND", "OR"] : [];
  const operators = [...signs, ...joins].map((sign) => ({ label: sign, insert: `${sign} `, about: "" }));
  return fits([...operators, ...wordsAt(place, names)]);
}

function wordsAt(place: Place, names: FilterNames): readonly FilterOption[] {
  const words = Object.entries(WORDS)
    .filter(([, word]) => word.places.includes(place))
    .map(([label, { kind, about }]) => ({ label, insert: kind === "flag" ? label : `${label} `, about }));
  if (place.endsWith("cause")) return words;
  const annotations = names.annotations.map((key) => {
    const label = /^[A-Za-z0-9_]+$/.test(key) ? `annotation.${key}` : `annotation[${key}]`;
    return { label, insert: `${label} `, about: "annotation" };
  });
  return [...words, ...annotations, ...(place === "trace" ? COMPLEX : [])];
}

/** Offset of the quote that is open at the end, or -1. */
function openQuote(before: string): number {
  let open = -1;
  for (let at = 0; at < before.length; at++) {
    if (before[at] === "\\" && open >= 0) at++;
    else if (before[at] === '"') open = open < 0 ? at : -1;
  }
  return open;
}

/** In which block the end of a text lies. */
function placeAt(before: string): Place {
  const open = before.lastIndexOf("{");
  if (open < 0 || before.indexOf("}", open) >= 0) return "trace";
  const head = before.slice(0, open).trimEnd().toLowerCase();
  const cause = /rootcause\.(fault|error|responsetime)\.[a-z]+$/.exec(head);
  if (cause !== null) return cause[1] === "responsetime" ? "responsetime-cause" : "cause";
  return head.lastIndexOf("edge") > head.lastIndexOf("service") ? "edge" : "service";
}

function completeText(before: string, quote: number, names: FilterNames): FilterCompletion {
  const typed = OPEN_TEXT.exec(before)?.[1] ?? "";
  const head = before.slice(0, quote).trimEnd();
  const values = valuesFor(head, placeAt(before), names);
  const escaped = (value: string): string => value.replace(/[\\"]/g, "\\$&");
  return {
    from: quote,
    to: before.length,
    options: values
      .filter((value) => value.toLowerCase().startsWith(typed.toLowerCase()))
      .map((value) => ({ label: value, insert: `"${escaped(value)}"`, about: "" })),
  };
}

function valuesFor(head: string, place: Place, names: FilterNames): readonly string[] {
  if (/type\s*:$/i.test(head) || (place !== "trace" && /\btype\s*(?:!?=|\w+)$/i.test(head))) return names.types;
  if (/(?:service|edge)\s*\($|name\s*:$|edge\([^{}]*,$/i.test(head)) return names.services;
  if (/group\.name\s*=$/i.test(head)) return names.groups;
  if (place !== "trace" && /\bname\s*(?:!?=|\w+)$/i.test(head)) return names.services;
  const word = /([A-Za-z][A-Za-z0-9_.]*)\s*(?:!?=|CONTAINS|BEGINSWITH|ENDSWITH)$/i.exec(head)?.[1]?.toLowerCase();
  return word === undefined ? [] : (names.values[word] ?? []);
}
