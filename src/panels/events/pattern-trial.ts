/** A pattern tried on an event and on what passed its bus last. */
import { type Accessor, createEffect, createMemo, createSignal } from "solid-js";
import type { JsonError } from "../../editors/json/JsonInput.tsx";
import type { LineMark } from "../../editors/json/json-editor.ts";
import type { PatternTrial } from "./answers.ts";
import { type EventNode, eventNodes, patternMarks } from "./because-tree.ts";
import { useTrial } from "./event-reads.ts";
import { createSampleChoice, type SampleChoice } from "./sample-choice.ts";

export interface Trial {
  readonly sample: SampleChoice;
  readonly read: ReturnType<typeof useTrial>;
  readonly data: Accessor<PatternTrial | undefined>;
  /** Of the pattern as it is now; empty while an older one is answered. */
  readonly nodes: Accessor<readonly EventNode[]>;
  readonly marks: Accessor<readonly LineMark[]>;
  readonly error: Accessor<JsonError | undefined>;
  readonly eventError: Accessor<string | undefined>;
}

/** @param pattern empty = nothing is tried. */
export function createTrial(pattern: Accessor<string>, bus: Accessor<string>, first?: string): Trial {
  // The sample's list marks what the trial found, and the trial asks about the sample.
  const [matches, setMatches] = createSignal<readonly string[]>([]);
  const sample = createSampleChoice(bus, matches, first);
  const read = useTrial(() => (pattern().trim() === "" ? undefined : { pattern: pattern(), event: sample.text(), bus: bus() }));
  createEffect(() => setMatches(read.data()?.matches ?? []));
  const nodes = createMemo(() => {
    const because = read.data()?.because;
    // Places of an older text are no places of this one.
    return because === undefined || because.text !== pattern() ? [] : eventNodes(because);
  });
  return {
    sample,
    read,
    data: read.data,
    nodes,
    marks: createMemo(() => patternMarks(nodes())),
    error: createMemo(() => (pattern().trim() === "" ? undefined : read.data()?.error)),
    eventError: () => read.data()?.eventError,
  };
}
