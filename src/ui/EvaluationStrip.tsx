import { For, type JSX, Show } from "solid-js";
import { Glyph, type GlyphName } from "./Glyph.tsx";
import { valueText } from "./numbers.ts";
import { CELL_WORDS, UI } from "./strings.ts";
import { minuteText, secondText } from "./time.ts";

export interface EvaluationCell {
  /** Start of the period, epoch ms. */
  readonly at: number;
  readonly value: number | undefined;
  readonly state: keyof typeof CELL_WORDS;
  /** Replaces the state's word and sentence. */
  readonly word?: string;
  readonly sentence?: string;
  /** A remark below: what stands here now, where that is something else. */
  readonly note?: string;
}

export interface EvaluationStripProps {
  /** One per period read, oldest first. */
  readonly cells: readonly EvaluationCell[];
  /** The cells that count, as half-open ranges of positions, ascending and apart. */
  readonly counted?: readonly { readonly from: number; readonly to: number }[] | undefined;
  /** Under a minute: show seconds. */
  readonly periodSeconds?: number;
  readonly selected?: number | undefined;
  readonly onSelect?: (cell: EvaluationCell) => void;
}

const LOOKS: Readonly<Record<EvaluationCell["state"], { css: string; glyph: GlyphName }>> = {
  breach: { css: "x", glyph: "cross" },
  good: { css: "o", glyph: "check" },
  filled: { css: "m used", glyph: "gap" },
  missing: { css: "m", glyph: "gap" },
  spare: { css: "m", glyph: "gap" },
};

/** One cell per period read; a bracket over those that count. A list that reads in sentences. */
export function EvaluationStrip(props: EvaluationStripProps): JSX.Element {
  const time = (ms: number): string => ((props.periodSeconds ?? 60) < 60 ? secondText(ms) : minuteText(ms));
  const sentence = (cell: EvaluationCell): string =>
    `${time(cell.at)}: ${cell.value === undefined ? "no datapoint" : valueText(cell.value)}, ${cell.sentence ?? CELL_WORDS[cell.state].sentence}${cell.note === undefined ? "" : `, ${cell.note}`}.`;
  const groups = (): readonly { from: number; to: number; label: string }[] => {
    const counted = props.counted ?? [];
    if (counted.length === 0) return [];
    const all: { from: number; to: number; label: string }[] = [];
    let end = 0;
    for (const { from, to } of counted) {
      all.push({ from: end, to: from, label: UI.spare }, { from, to, label: counted.length === 1 ? UI.counted(to - from) : UI.counts });
      end = to;
    }
    all.push({ from: end, to: props.cells.length, label: UI.spare });
    return all.filter((group) => group.to > group.from);
  };
  const inside = (cell: EvaluationCell): JSX.Element => (
    <>
      <time aria-hidden="true">{time(cell.at)}</time>
      <b aria-hidden="true">{cell.value === undefined ? "–" : valueText(cell.value)}</b>
      <span class="w" aria-hidden="true">
        <Glyph name={LOOKS[cell.state].glyph} />
        {cell.word ?? CELL_WORDS[cell.state].word}
      </span>
      <Show when={cell.note}>
        {(note) => (
          <span class="ev-note" aria-hidden="true">
            {note()}
          </span>
        )}
      </Show>
      <span class="vh">{sentence(cell)}</span>
    </>
  );
  return (
    <div class="evstrip" style={{ "--evs-n": String(Math.max(1, props.cells.length)) }}>
      <ol class="evs">
        <For each={props.cells}>
          {(cell) => (
            <li class="evs-item">
              <Show when={props.onSelect} fallback={<div class={`ev ${LOOKS[cell.state].css}`}>{inside(cell)}</div>}>
                <button
                  type="button"
                  class={`ev ${LOOKS[cell.state].css}`}
                  aria-current={props.selected === cell.at ? "true" : undefined}
                  onClick={() => props.onSelect?.(cell)}
                >
                  {inside(cell)}
                </button>
              </Show>
            </li>
          )}
        </For>
      </ol>
      <Show when={groups().length > 0}>
        <div class="evb">
          <For each={groups()}>
            {(group) => <span style={{ "grid-column": `${group.from + 1} / ${group.to + 1}` }}>{group.label}</span>}
          </For>
        </div>
      </Show>
    </div>
  );
}
