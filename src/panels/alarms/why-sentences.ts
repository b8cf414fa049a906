/** An evaluation in words. It decides nothing: all numbers and the verdict are the engine's. */

import type { EvaluationCell } from "../../ui/EvaluationStrip.tsx";
import { countText, plural, valueText } from "../../ui/numbers.ts";
import { STATE_WORDS } from "../../ui/strings.ts";
import { minuteText, secondText } from "../../ui/time.ts";
import type { MetricFilter } from "./alarm-reads.ts";
import type { Evaluation, EvaluationSlot } from "./answers.ts";
import { sinceText } from "./since.ts";
import { ALARMS_TEXT as T } from "./strings.ts";

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

const periodsText = (n: number): string => (n === 1 ? "1 period" : `${n} periods`);

/** Where another rule than the count decided, what that was. */
function decidedBy({ rule, m, kept, verdict, treatMissing }: Evaluation): string | undefined {
  const stays = `the state stays ${STATE_WORDS[verdict]}.`;
  switch (rule) {
    case "no-datapoints":
      return kept ? `missing data are ignored: ${stays}` : `treated as ${TREATMENTS[treatMissing]?.text ?? treatMissing}.`;
    case "premature-alarm":
      return kept ? `too few, and missing data are ignored: ${stays}` : `and the oldest is at least ${periodsText(m)} old: that is enough.`;
    case "state-kept":
      return `but the oldest is under ${periodsText(m)} old: ${stays}`;
    case "few-samples":
      return `but the newest has too few samples: ${stays}`;
    default:
      return undefined;
  }
}

/** 3 of 5 datapoints breach, 3 are needed; or the rule that decided. */
export function headline(evaluation: Evaluation): Headline {
  const { datapoints, breaching, filled, m, treatMissing } = evaluation;
  const decided = decidedBy(evaluation);
  if (datapoints === 0) return { strong: "No datapoint", rest: `in the whole evaluation range, ${decided ?? ""}`, needed: "" };
  if (decided !== undefined) {
    const rest = `${datapoints === 1 ? "datapoint" : "datapoints"} ${breaching === 1 ? "breaches" : "breach"}, ${decided}`;
    return { strong: `${breaching} of ${datapoints}`, rest, needed: "" };
  }
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
    const spare = evaluation.slots.some((slot) => slot.value === null && slot.role === "spare");
    const which = spare ? " There are more gaps than that: AWS does not say which it fills, here the newest are marked." : "";
    const after = `, by the alarm’s missing data treatment.${which}`;
    return { before: `${lacking}, so ${gaps} filled as `, treatment: treatment.text, after };
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
  now: number,
): { readonly before: string; readonly filter: MetricFilter; readonly after: string } | undefined {
  const { slots } = evaluation;
  const gap = slots.findLast((slot) => slot.value === null && slot.role !== "spare");
  const [filter] = filters;
  if (gap === undefined || filter === undefined || filters.length > 1) return undefined;
  const time = timeOf(evaluation, gap.start);
  const { creationTime, defaultValue, logGroupName } = filter;
  if (creationTime !== undefined && gap.start < creationTime) {
    return { before: T.gapEarlier(time), filter, after: T.gapEarlierAfter(sinceText(creationTime, now), logGroupName) };
  }
  if (defaultValue === undefined) return { before: T.gapBefore(time), filter, after: T.gapAfter };
  return { before: T.gapDefaultBefore(time, logGroupName), filter, after: T.gapDefaultAfter(String(defaultValue)) };
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

/** The cells that count, as runs of cells that stand side by side. */
export function countedOf(evaluation: Evaluation): readonly { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = [];
  evaluation.slots.forEach((slot, i) => {
    if (slot.role === "spare") return;
    const last = runs.at(-1);
    if (last?.to === i) last.to = i + 1;
    else runs.push({ from: i, to: i + 1 });
  });
  return runs;
}
