/** The event that a pattern is tried on: one that passed, an example, or what a person typed. */
import { type Accessor, createEffect, createMemo, createSignal, on } from "solid-js";
import { accountInfo } from "../../app/account-info.ts";
import { useClient } from "../../client/context.ts";
import { secondText } from "../../ui/time.ts";
import { useNewest, useRegion } from "./event-reads.ts";
import type { Passed } from "./passed.ts";
import { RULES as T } from "./rule-strings.ts";
import { sampleEvents, scheduledEvent } from "./samples.ts";

export interface SampleChoice {
  readonly text: Accessor<string>;
  readonly setText: (text: string) => void;
  /** Id of the option that the text came from; `own` for one that was typed. */
  readonly chosen: Accessor<string>;
  readonly choose: (id: string) => void;
  readonly options: Accessor<readonly { readonly value: string; readonly label: string }[]>;
  /** The events that passed, newest first. */
  readonly passed: Accessor<readonly Passed[]>;
  /** To the next older (1) or newer (-1) event that passed. */
  readonly step: (by: 1 | -1) => void;
  readonly canStep: (by: 1 | -1) => boolean;
  /** What a schedule's rule of this name sends, as text. */
  readonly scheduled: (rule: string) => string;
}

const LISTED = 50;
const OWN = "own";

/** @param matches sequences of the events that the pattern matches; they are marked. @param first what is chosen before anything else. */
export function createSampleChoice(bus: Accessor<string>, matches: Accessor<readonly string[]>, first?: string): SampleChoice {
  const { pulse } = useClient();
  const region = useRegion();
  const newest = useNewest(bus, LISTED);
  const passed = createMemo((): readonly Passed[] => newest.data()?.events ?? []);
  const place = createMemo(() => {
    const time = `${new Date(pulse()?.start ?? 0).toISOString().slice(0, 19)}Z`;
    return { account: accountInfo()?.scenario.account ?? "123456789012", region: region(), time };
  });
  const built = createMemo(() => sampleEvents(place()));
  const [text, setText] = createSignal("");
  const [chosen, setChosen] = createSignal("");
  const laid = (event: unknown): string => JSON.stringify(event, null, 2);
  const choose = (id: string): void => {
    const event = passed().find((one) => one.sequence === id)?.envelope ?? built().find((one) => one.id === id)?.event;
    if (event === undefined) return;
    setChosen(id);
    setText(laid(event));
  };
  // The first choice once it is known; afterwards the person chooses.
  createEffect(
    on([() => newest.data(), bus], ([data]) => {
      if (data === undefined || chosen() !== "") return;
      choose(data.events.find((one) => one.sequence === first)?.sequence ?? data.events[0]?.sequence ?? built()[0]?.id ?? "");
    }),
  );
  const at = (): number => passed().findIndex((one) => one.sequence === chosen());
  const stepped = (by: 1 | -1): Passed | undefined => passed()[at() < 0 ? (by === 1 ? 0 : -1) : at() + by];
  return {
    text,
    setText: (typed) => {
      if (typed === text()) return;
      setChosen(OWN);
      setText(typed);
    },
    chosen,
    choose,
    options: createMemo(() => {
      const fits = new Set(matches());
      const mark = (id: string): string => (fits.has(id) ? T.matchMark : "");
      return [
        ...(chosen() === OWN ? [{ value: OWN, label: T.own }] : []),
        ...passed().map((one) => ({
          value: one.sequence,
          label: mark(one.sequence) + T.passedAt(secondText(one.at), one.envelope["detail-type"], one.envelope.source),
        })),
        ...built().map((one) => ({ value: one.id, label: T.built(one.label) })),
      ];
    }),
    passed,
    step: (by) => {
      const next = stepped(by);
      if (next !== undefined) choose(next.sequence);
    },
    canStep: (by) => stepped(by) !== undefined,
    scheduled: (rule) => laid(scheduledEvent(place(), rule)),
  };
}
