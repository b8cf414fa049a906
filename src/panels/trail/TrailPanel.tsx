import { useNavigate, useSearchParams } from "@solidjs/router";
import { createEffect, createMemo, createSignal, type JSX, on, Show } from "solid-js";
import { minuteOf } from "../../app/moments.ts";
import { useClient } from "../../client/context.ts";
import { createLook } from "../../client/resource.ts";
import { Button } from "../../ui/Button.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { DenialCard } from "./DenialCard.tsx";
import type { HistoryRow, HistoryView } from "./history.ts";
import { RecordCard } from "./RecordCard.tsx";
import { TRAIL as T } from "./strings.ts";
import "./trail.css";
import { TouchedCard } from "./TouchedCard.tsx";
import { TrailFilters } from "./TrailFilters.tsx";
import { TrailTable } from "./TrailTable.tsx";
import { WhyNotCard } from "./WhyNotCard.tsx";

const PAGE = 50;
/** Marks of the lanes; nobody reads more. */
const TOUCHES = 500;

/** CloudTrail's event history: one attribute, a text, newest first; who touched a resource; the record; why a call is not here. */
export function TrailPanel(): JSX.Element {
  const { pulse } = useClient();
  const navigate = useNavigate();
  const [query] = useSearchParams<{ resource?: string; minute?: string }>();
  const [attribute, setAttribute] = createSignal<string>("ReadOnly");
  const [value, setValue] = createSignal("false");
  const [text, setText] = createSignal("");
  const [offset, setOffset] = createSignal(0);
  const [chosen, setChosen] = createSignal<string>();
  const region = (): string => pulse()?.region ?? "us-east-1";
  const minute = createMemo(() => minuteOf(query.minute));
  // With a resource or a minute given, the first question is who did what: reads belong to it.
  const isNarrow = (): boolean => query.resource !== undefined || minute() !== undefined;
  createEffect(
    on([() => query.resource, () => query.minute], () => {
      setOffset(0);
      setChosen(undefined);
      setAttribute("ReadOnly");
      setValue(isNarrow() ? "" : "false");
    }),
  );
  const look = (question: object) => ({ service: "cloudtrail", view: "history", region: region(), question });
  const narrowing = () => ({
    ...(query.resource === undefined ? {} : { touching: query.resource }),
    ...(minute() === undefined ? {} : { start: minute()?.from, end: minute()?.to }),
  });
  const view = createLook<HistoryView>(
    () =>
      look({
        limit: PAGE,
        offset: offset(),
        ...narrowing(),
        ...(value() === "" ? {} : { attribute: { key: attribute(), value: value() } }),
        ...(text() === "" ? {} : { text: text() }),
      }),
    { follow: "version" },
  );
  const touched = createLook<HistoryView>(
    () => (query.resource === undefined ? undefined : look({ limit: TOUCHES, touching: query.resource })),
    { follow: "version" },
  );
  const row = createMemo((): HistoryRow | undefined => {
    const all = [...(view.data()?.rows ?? []), ...(touched.data()?.rows ?? [])];
    return all.find((one) => one.eventId === chosen()) ?? view.data()?.rows[0];
  });
  const restart = (change: () => void): void => {
    setOffset(0);
    change();
  };
  const isFiltered = (): boolean => isNarrow() || text() !== "" || attribute() !== "ReadOnly";
  const clear = (): void => {
    restart(() => {
      setText("");
      setAttribute("ReadOnly");
      setValue("");
    });
    if (isNarrow()) navigate("/trail");
  };
  const total = (): number => view.data()?.total ?? 0;
  const areReadsHidden = (): boolean => attribute() === "ReadOnly" && value() === "false";
  return (
    <Page
      title={T.title}
      facts={<span class="muted trail-sub">{T.sub(view.data()?.days ?? 90)}</span>}
      mainLabel={T.history}
      asideLabel={T.record}
      aside={
        <>
          <Show
            when={row()}
            fallback={
              <Panel title={T.record}>
                <Empty glyph="trail" title={T.choose} />
              </Panel>
            }
          >
            {(shown) => (
              <>
                <DenialCard row={shown()} />
                <RecordCard row={shown()} />
              </>
            )}
          </Show>
          <WhyNotCard />
        </>
      }
    >
      <Show when={query.resource}>
        {(resource) => (
          <TouchedCard
            resource={resource()}
            read={touched}
            selected={row()?.eventId}
            onChoose={setChosen}
            onClose={() => navigate("/trail")}
          />
        )}
      </Show>
      <Panel title={T.history} class="grow" sub={T.more(countText(view.data()?.rows.length ?? 0), countText(total()))}>
        <TrailFilters
          attribute={attribute()}
          value={value()}
          text={text()}
          resource={query.resource}
          minute={minute()}
          onAttribute={(name) =>
            restart(() => {
              setAttribute(name);
              setValue(name === "ReadOnly" ? "false" : "");
            })
          }
          onValue={(next) => restart(() => setValue(next))}
          onText={(next) => restart(() => setText(next))}
          onWiden={() => navigate("/trail")}
        />
        <ReadState read={view} rows={8}>
          {(shown) => (
            <TrailTable
              rows={shown().rows}
              selected={row()?.eventId}
              onChoose={setChosen}
              empty={
                <Show
                  when={isFiltered()}
                  fallback={
                    <Empty
                      glyph="trail"
                      title={T.empty}
                      {...(areReadsHidden() ? { action: { label: T.showReads, run: () => restart(() => setValue("")) } } : {})}
                    >
                      {T.emptyWhy}
                    </Empty>
                  }
                >
                  <Empty glyph="search" title={T.noneFits} action={{ label: T.clear, run: clear }}>
                    {T.noneFitsWhy}
                  </Empty>
                </Show>
              }
            />
          )}
        </ReadState>
        <div class="pb row wrap rule-t trail-foot">
          <Show when={areReadsHidden()} fallback={<span class="small muted grow">{T.allHere}</span>}>
            <span class="small muted grow">
              {T.readsHidden}{" "}
              <button type="button" class="link tap" onClick={() => restart(() => setValue(""))}>
                {T.showThem}
              </button>
            </span>
          </Show>
          <Show when={total() > PAGE}>
            <Button small disabled={offset() === 0} onClick={() => setOffset((now) => Math.max(0, now - PAGE))}>
              {T.newer}
            </Button>
            <Button small disabled={offset() + PAGE >= total()} onClick={() => setOffset((now) => now + PAGE)}>
              {T.older}
            </Button>
          </Show>
        </div>
      </Panel>
    </Page>
  );
}
