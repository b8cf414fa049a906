import { For, type JSX, Show } from "solid-js";
import { type ColumnRoom, mainColumn } from "./columns.ts";

export interface CardColumn<T> extends ColumnRoom {
  /** Said before the value when it stands below the name; a head that is not text needs one to be said. */
  readonly head: JSX.Element;
  readonly label?: string;
  readonly mono?: boolean;
  readonly cell: (row: T, index: number) => JSX.Element;
  /** The row has nothing to say here: not in its card. */
  readonly isBlank?: (row: T) => boolean;
}

/** A row without columns: the name whole, what matters at its end, the rest small and labelled below. */
export function Card<T>(props: { readonly row: T; readonly index: number; readonly columns: readonly CardColumn<T>[] }): JSX.Element {
  const main = (): CardColumn<T> | undefined => mainColumn(props.columns);
  const at = (place: "lead" | "end"): readonly CardColumn<T>[] => props.columns.filter((column) => column.card === place);
  const facts = (): readonly CardColumn<T>[] =>
    props.columns.filter(
      (column) => column !== main() && column.card !== "lead" && column.card !== "end" && column.isBlank?.(props.row) !== true,
    );
  const labelOf = (column: CardColumn<T>): string => column.label ?? (typeof column.head === "string" ? column.head : "");
  return (
    <div class="card">
      <For each={at("lead")}>{(column) => <span class="card-lead">{column.cell(props.row, props.index)}</span>}</For>
      <div class="card-body">
        <div class="card-line">
          <Show when={main()}>
            {(column) => <span class={`card-main ${column().mono ? "mono" : ""}`}>{column().cell(props.row, props.index)}</span>}
          </Show>
          <For each={at("end")}>
            {(column) => <span class={`card-end ${column.mono ? "mono" : ""}`}>{column.cell(props.row, props.index)}</span>}
          </For>
        </div>
        <Show when={facts().length > 0}>
          <div class="card-facts">
            <For each={facts()}>
              {(column) => (
                <span class="card-fact">
                  <Show when={labelOf(column)}>{(label) => <span class="card-label">{label()} </span>}</Show>
                  <span class={column.mono ? "mono" : ""}>{column.cell(props.row, props.index)}</span>
                </span>
              )}
            </For>
          </div>
        </Show>
      </div>
    </div>
  );
}
