import { A, useNavigate, useSearchParams } from "@solidjs/router";
import { createEffect, createMemo, createSignal, type JSX, on, Show } from "solid-js";
import { minuteOf, minuteStart, showTime } from "../../app/moments.ts";
import { PinnedMinute } from "../../app/PinnedMinute.tsx";
import { GROUPS_PATH, SAMPLING_PATH, tracePath } from "../../app/paths.ts";
import { useTimeRange } from "../../app/time-range.ts";
import { isCursorPinned, meantTime } from "../../charts/cursor.ts";
import { useClock } from "../../client/context.ts";
import { FilterInput } from "../../editors/xray-filter/FilterInput.tsx";
import { filterError } from "../../editors/xray-filter/parsed-filter.ts";
import { Chip } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { useUnder } from "../../ui/media.ts";
import { Page } from "../../ui/Page.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { minuteText } from "../../ui/time.ts";
import { ONE_COLUMN } from "../../ui/widths.ts";
import type { MapNode, TraceMapAnswer } from "./answers.ts";
import { EmptyTraces } from "./EmptyTraces.tsx";
import { MapPanel } from "./MapPanel.tsx";
import { NodePanel } from "./NodePanel.tsx";
import { OutsideNote } from "./OutsideNote.tsx";
import { createPutSample } from "./put-sample.ts";
import { SampledPanel } from "./SampledPanel.tsx";
import { NoSegment, SegmentPanel } from "./SegmentPanel.tsx";
import { TRACES as T } from "./strings.ts";
import { TraceList } from "./TraceList.tsx";
import { TracePanel } from "./TracePanel.tsx";
import { useGroups, useNames, useTrace, useXrayLook } from "./trace-reads.ts";
import { usePresetCounts, usePreview } from "./trace-search.ts";

type Side = keyof typeof T.sides;
const MORE = 100;

/** The map of the range, the traces that a filter takes, and one of them to its last exception. */
export function TracesView(props: { readonly id: string | undefined }): JSX.Element {
  const navigate = useNavigate();
  const clock = useClock();
  const range = useTimeRange();
  const [query, setQuery] = useSearchParams<{ filter?: string; minute?: string }>();
  const [typed, setTyped] = createSignal(query.filter ?? "");
  const [limit, setLimit] = createSignal(MORE);
  const [node, setNode] = createSignal<{ readonly name: string; readonly type?: string; readonly kind: string }>();
  const [line, setLine] = createSignal<{ readonly trace: string; readonly at: number }>();
  const [side, setSide] = createSignal<Side>(props.id === undefined ? "map" : "trace");
  const isOneColumn = useUnder(ONE_COLUMN);
  const groups = useGroups();
  const names = useNames();
  const error = createMemo(() => filterError(typed(), groups.list()), undefined, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  // What is not finished asks nothing: the last expression that was one counts.
  const filter = createMemo<string>((before) => (error() === undefined ? typed().trim() : before), (query.filter ?? "").trim());
  createEffect(
    on(
      () => query.filter,
      (wanted = "") => wanted !== filter() && setTyped(wanted),
      { defer: true },
    ),
  );
  createEffect(on(filter, (now) => setQuery({ filter: now === "" ? undefined : now }, { replace: true }), { defer: true }));
  createEffect(on(filter, () => setLimit(MORE), { defer: true }));
  const minute = createMemo(() => minuteOf(query.minute));
  const span = createMemo(() => ({ from: minute()?.from ?? range().from, to: minute()?.to ?? range().to }), undefined, {
    equals: (a, b) => a.from === b.from && a.to === b.to,
  });
  const map = useXrayLook<TraceMapAnswer>("traceMap", () => ({ ...span(), ...(filter() === "" ? {} : { filter: filter() }) }));
  // What was on the map in the minute that is pinned, where the map shows more than it.
  const pinned = createMemo(() => (isCursorPinned() && minute() === undefined ? meantTime() : undefined));
  const then = useXrayLook<TraceMapAnswer>("traceMap", () => {
    const at = pinned();
    return at === undefined
      ? undefined
      : { from: minuteStart(at), to: minuteStart(at) + 60_000, ...(filter() === "" ? {} : { filter: filter() }) };
  });
  const found = usePreview(() => ({ expression: filter(), ...span(), limit: limit() }));
  const counts = usePresetCounts(span);
  const id = (): string | undefined => props.id ?? found.data()?.newest[0]?.Id;
  const read = useTrace(id);
  const trace = createMemo(() => (read.data() === undefined || read.data()?.id !== id() ? undefined : (read.data() ?? undefined)));
  const at = (): number => {
    const chosen = line();
    return chosen !== undefined && chosen.trace === id() ? chosen.at : 0;
  };
  /** When the trace began that an address names, where the map and the list do not reach; epoch ms. */
  const outside = createMemo(() => {
    const start = props.id === undefined ? undefined : trace()?.start;
    const began = start === undefined ? undefined : Math.floor(start / 1000);
    return began === undefined || (began >= span().from && began <= span().to) ? undefined : began;
  });
  const showOutside = (moment: number): void => {
    setQuery({ minute: undefined }, { replace: true });
    showTime(moment, clock());
  };
  const chosenSpan = () => trace()?.spans[at()];
  const chosenNode = createMemo(() => {
    const wanted = node();
    return wanted && map.data()?.nodes.find((one) => one.name === wanted.name && one.type === wanted.type && one.kind === wanted.kind);
  });
  const nodeOfSpan = (): MapNode | undefined => {
    const service = chosenSpan()?.service;
    return service && map.data()?.nodes.find((one) => one.kind !== "client" && one.name === service.name && one.type === service.type);
  };
  const withFilter = (path: string): string => {
    const more = new URLSearchParams();
    if (filter() !== "") more.set("filter", filter());
    if (query.minute !== undefined) more.set("minute", query.minute);
    return more.size === 0 ? path : `${path}?${more}`;
  };
  const openTrace = (next: string): void => {
    setNode(undefined);
    setSide("trace");
    navigate(withFilter(tracePath(next)));
  };
  const openNode = (one: MapNode): void => {
    setNode({ name: one.name, kind: one.kind, ...(one.type === undefined ? {} : { type: one.type }) });
  };
  const putFilter = (expression: string): void => {
    setTyped(expression);
    if (isOneColumn()) setSide("list");
  };
  const sample = createPutSample((next) => navigate(tracePath(next)));
  const isEmpty = (): boolean =>
    props.id === undefined && names.data() !== undefined && names.data()?.services.length === 0 && (found.data()?.scanned ?? 0) === 0;
  const isShown = (one: Side): boolean => !isOneColumn() || side() === one;
  return (
    <Page
      title={T.title}
      class="traces"
      facts={
        <div class="traces-find">
          <FilterInput label={T.filter} value={typed()} error={error()} names={names.data()} onInput={setTyped} />
          <span class="small t2 nowrap traces-count" role="status">
            <Show when={error() === undefined} fallback={T.stillShown(filter())}>
              <Show when={found.data()} fallback={T.counting}>
                {(answer) => {
                  const words = () => T.counted(answer().matched, answer().scanned);
                  return (
                    <>
                      <b>{words()[0]}</b> {words()[1]}
                    </>
                  );
                }}
              </Show>
            </Show>
          </span>
          <PinnedMinute />
          <Show when={minute()}>
            {(only) => (
              <Chip glyph="cross" on onClick={() => setQuery({ minute: undefined })}>
                {T.onlyMinute(minuteText(only().from))}
              </Chip>
            )}
          </Show>
        </div>
      }
      actions={
        <>
          <Button glyph="plus" label={T.putSample} pending={sample.pending()} onClick={() => void sample.put()} />
          <Menu
            label={T.groups}
            align="end"
            button={
              <>
                {T.groups}
                <Glyph name="down" size="s" />
              </>
            }
            items={[
              { id: "all", label: T.allTraces, checked: filter() === "", run: () => putFilter("") },
              ...groups.list().map(({ GroupName, FilterExpression = "" }) => ({
                id: GroupName,
                label: GroupName,
                detail: FilterExpression,
                checked: filter() === `group.name = "${GroupName}"`,
                run: () => putFilter(`group.name = "${GroupName}"`),
              })),
              { id: "manage", label: T.manageGroups, glyph: "rule", run: () => navigate(GROUPS_PATH) },
            ]}
          />
          <A class="btn" href={SAMPLING_PATH}>
            {T.sampling}
          </A>
        </>
      }
      bar={
        <>
          <Show when={outside()}>{(at) => <OutsideNote at={at()} span={span()} onShow={() => showOutside(at())} />}</Show>
          <Show when={isOneColumn() && !isEmpty()}>
            <div class="side-switch">
              <Segmented
                label={T.side}
                value={side()}
                options={(Object.keys(T.sides) as Side[]).map((value) => ({ value, label: T.sides[value] }))}
                onChange={setSide}
              />
            </div>
          </Show>
        </>
      }
    >
      <Show when={!isEmpty()} fallback={<EmptyTraces pending={sample.pending()} onPut={() => void sample.put()} />}>
        <div class="traces-grid">
          <Show when={isShown("map")}>
            <MapPanel
              read={map}
              then={pinned() === undefined || then.stale() ? undefined : then.data()}
              at={pinned()}
              span={span()}
              selected={chosenNode()?.id}
              onOpen={openNode}
            />
          </Show>
          <Show when={isShown("list")}>
            <TraceList
              read={found}
              counts={counts()}
              filter={filter()}
              isBroken={error() !== undefined}
              span={span()}
              selected={id()}
              onOpen={openTrace}
              onFilter={putFilter}
              onMore={() => setLimit((now) => now + MORE)}
            />
          </Show>
          <Show when={isShown("trace")}>
            <TracePanel
              id={id()}
              read={read}
              selected={at()}
              onSelect={(next) => {
                setNode(undefined);
                setLine({ trace: id() ?? "", at: next });
              }}
            />
          </Show>
          <Show when={isShown("trace") || (side() === "map" && chosenNode() !== undefined)}>
            <div class="traces-side">
              <Show
                when={chosenNode() !== undefined && (!isOneColumn() || side() === "map") && chosenNode()}
                fallback={
                  <Show when={trace() !== undefined && chosenSpan()} fallback={<NoSegment />}>
                    {(one) => (
                      <>
                        <SegmentPanel
                          trace={trace() as NonNullable<ReturnType<typeof trace>>}
                          span={one()}
                          onFilter={putFilter}
                          onService={
                            nodeOfSpan() === undefined
                              ? undefined
                              : () => {
                                  openNode(nodeOfSpan() as MapNode);
                                  setSide("map");
                                }
                          }
                        />
                        <SampledPanel trace={trace() as NonNullable<ReturnType<typeof trace>>} />
                      </>
                    )}
                  </Show>
                }
              >
                {(one) => (
                  <NodePanel
                    node={one()}
                    map={map.data() as TraceMapAnswer}
                    filter={filter()}
                    onFilter={putFilter}
                    onOpen={openNode}
                    onClose={() => setNode(undefined)}
                  />
                )}
              </Show>
            </div>
          </Show>
        </div>
      </Show>
    </Page>
  );
}
