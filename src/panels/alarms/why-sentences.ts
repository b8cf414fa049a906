/** An evaluation in words. It decides nothing: all numbers and the verdict are the engine's. */

import type { EvaluationCell } from "../../ui/EvaluationStrip.tsx";
import { countText, plural, valueText } from "../../ui/numbers.ts";
import { STATE_WORDS } from "../../ui/strings.ts";
import { minuteText, secondText } from "../../ui/time.ts";
import type { MetricFilter } from "./alarm-reads.ts";
import type { Evaluation, EvaluationSlot } from "./answers.ts";

const WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const word = (n: number): string => WORDS[n] ?? String(n);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** How the treatment of missing data reads; `stands` when it puts something in a gap's place. */
const TREATMENTS: Readonly<Record<string, { readonly text: string; readonly stands: boolean; readonly cell: string }>> = {
  breaching: { text: "breaching", stands: true, cell: "filled" },
  notBreaching: { text: "not breaching", stands: true, cell: "filled" },
  ignore: { text: "ignore", stands: false, cell: "ignored" },
  missing: { text: "missing", stands: false, cell: "missing" },
};

export interface Headline {
  readonly strong: string;
  readonly rest: string;
  readonly needed: string;
}

/** 3 of 5 datapoints breach, 3 are needed. */
export function headline(evaluation: Evaluation): Headline {
  const { datapoints, breaching, filled, m, treatMissing } = evaluation;
  if (datapoints === 0)
    return { strong: "No datapoint", rest: "in the whole evaluation range,", needed: `${m} ${m === 1 ? "is" : "are"} needed.` };
  const counted = datapoints + (TREATMENTS[treatMissing]?.stands ? filled : 0);
  const breaches = breaching + (treatMissing === "breaching" ? filled : 0);
  return {
    strong: `${breaches} of ${counted}`,
    rest: `${counted === 1 ? "datapoint" : "datapoints"} ${breaches === 1 ? "breaches" : "breach"},`,
    needed: `${m} ${m === 1 ? "is" : "are"} needed.`,
  };
}

export function readSentence(evaluation: Evaluation): string {
  const { slots, n } = evaluation;
  const found = slots.filter((slot) => slot.value !== null).length;
  const extra = slots.length - n;
  const more = extra > 0 ? `, ${word(extra)} more than N` : "";
  return `CloudWatch read ${plural(slots.length, "period")}${more}. It found ${plural(found, "datapoint")}.`;
}

/** Undefined while enough datapoints are there. */
export function filledSentence(
  evaluation: Evaluation,
): { readonly before: string; readonly treatment: string; readonly after: string } | undefined {
  const { filled, n, treatMissing } = evaluation;
  if (filled === 0) return undefined;
  const treatment = TREATMENTS[treatMissing];
  const lacking = `${capital(word(filled))} of ${word(n)} ${filled === 1 ? "is" : "are"} lacking`;
  if (treatment?.stands) {
    const gaps = filled === 1 ? "one gap is" : `${word(filled)} gaps are`;
    return { before: `${lacking}, so ${gaps} filled as `, treatment: treatment.text, after: ", by the alarm’s missing data treatment." };
  }
  return {
    before: `${lacking}. The alarm’s missing data treatment is `,
    treatment: treatment?.text ?? treatMissing,
    after: ": nothing stands in for them.",
  };
}

const timeOf = (evaluation: Evaluation, at: number): string => (evaluation.periodSeconds < 60 ? secondText(at) : minuteText(at));

/** The newest gap that matters, where one metric filter makes the metric: why it is empty. */
export function gapOf(
  evaluation: Evaluation,
  filters: readonly MetricFilter[],
): { readonly time: string; readonly filter: MetricFilter } | undefined {
  const { slots } = evaluation;
  const gap = slots.findLast((slot) => slot.value === null && slot.role !== "spare");
  const [filter] = filters;
  return gap === undefined || filter === undefined || filters.length > 1 ? undefined : { time: timeOf(evaluation, gap.start), filter };
}

/** More periods than these are counted, not listed. */
const MOST_LATE = 3;

/** What came after the evaluation, and whether it would have mattered. */
export function lateSentences(evaluation: Evaluation): readonly string[] {
  const late = evaluation.slots.filter((slot) => slot.now !== undefined);
  if (late.length === 0) return [];
  const said =
    late.length > MOST_LATE
      ? [`${capital(word(late.length))} periods hold more now than this evaluation saw: datapoints arrived after it.`]
      : late.map((slot) => lateSentence(evaluation, slot));
  const { verdict, verdictNow } = evaluation;
  if (verdictNow === undefined || verdictNow === verdict) return [...said, "With them the verdict would have been the same."];
  return [...said, `With them the verdict would have been ${STATE_WORDS[verdictNow]}.`];
}

function lateSentence(evaluation: Evaluation, slot: EvaluationSlot): string {
  const more = (slot.now?.samples ?? 0) - slot.samples;
  const value = slot.now?.value ?? null;
  const saw = slot.value === null ? "nothing" : valueText(slot.value);
  const now = value === null ? "it has no value now" : `now it is ${valueText(value)}`;
  const arrived = more > 0 ? `${countText(more)} more ${more === 1 ? "sample" : "samples"} arrived after it, ` : "";
  return `At ${timeOf(evaluation, slot.start)} this evaluation saw ${saw}; ${arrived}${now}.`;
}

function cellState(slot: EvaluationSlot): EvaluationCell["state"] {
  if (slot.role === "spare") return "spare";
  if (slot.role === "filled" || slot.value === null) return "filled";
  return slot.breaching ? "breach" : "good";
}

export function cellsOf(evaluation: Evaluation): readonly EvaluationCell[] {
  const treatment = TREATMENTS[evaluation.treatMissing];
  return evaluation.slots.map((slot): EvaluationCell => {
    const state = cellState(slot);
    const note = slot.now === undefined ? {} : { note: `now ${slot.now.value === null ? "–" : valueText(slot.now.value)}` };
    const base = { at: slot.start, value: slot.value ?? undefined, state, ...note };
    if (state !== "filled" || treatment === undefined) return base;
    return { ...base, word: treatment.cell, sentence: `missing, treated as ${treatment.text}` };
  });
}

/** The cells that count, when they stand side by side. */
export function countedOf(evaluation: Evaluation): { readonly from: number; readonly to: number } | undefined {
  const from = evaluation.slots.findIndex((slot) => slot.role !== "spare");
  const to = evaluation.slots.findLastIndex((slot) => slot.role !== "spare") + 1;
  if (from < 0) return undefined;
  return evaluation.slots.slice(from, to).every((slot) => slot.role !== "spare") ? { from, to } : undefined;
}
