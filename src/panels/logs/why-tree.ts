/** The engine's reasons as nodes of a tree to draw. */
import type { ExplainNode } from "../../ui/ExplainTree.tsx";
import type { Because, ExplainAnswer } from "./answers.ts";

export interface WhyNode {
  readonly id: string;
  readonly result: ExplainNode["result"];
  readonly text: string;
  readonly found?: string;
  readonly reason: string;
  readonly parts: readonly WhyNode[];
}

/** What the page says itself: the first step of a JSON pattern, which has no place in the pattern. */
export interface WhyWords {
  readonly isJson: string;
  readonly everyLine: string;
}

type Valid = Extract<ExplainAnswer, { readonly valid: true }>;

export function whyNodes(answer: Valid, words: WhyWords): readonly WhyNode[] {
  const { because, kind } = answer;
  if (kind === "everything") return [{ id: "all", result: "yes", text: words.everyLine, reason: because.reason, parts: [] }];
  if (kind === "json") {
    // The whole pattern as one node without parts and with the line as what was found: the line is no JSON object.
    if (because.parts === undefined && because.from === 0 && because.text.trimStart().startsWith("{")) {
      return [{ id: "json", result: because.verdict ? "yes" : "no", text: words.isJson, reason: because.reason, parts: [] }];
    }
    const root: WhyNode = { id: "json", result: "yes", text: words.isJson, reason: "", parts: [] };
    const isAll = because.parts !== undefined && because.text.includes("&&") && !because.text.includes("||");
    return [root, ...(isAll ? (because.parts ?? []).map((part, at) => nodeOf(part, kind, `${at}`)) : [nodeOf(because, kind, "0")])];
  }
  return because.parts === undefined ? [nodeOf(because, kind, "0")] : because.parts.map((part, at) => nodeOf(part, kind, `${at}`));
}

function nodeOf(because: Because, kind: Valid["kind"], id: string): WhyNode {
  const parts = because.parts?.map((part, at) => nodeOf(part, kind, `${id}.${at}`)) ?? [];
  return {
    id,
    result: parts.length > 0 ? "branch" : resultOf(because, kind),
    text: because.text,
    ...(because.found === undefined ? {} : { found: because.found }),
    reason: because.reason,
    parts,
  };
}

function resultOf(because: Because, kind: Valid["kind"]): ExplainNode["result"] {
  if (because.verdict) return "yes";
  // An excluded term that stands in the line differs; a term or field that is not there is missing.
  if (kind === "terms" && because.text.startsWith("-")) return "no";
  return because.found === undefined ? "miss" : "no";
}
