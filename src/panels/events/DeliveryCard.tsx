import { A } from "@solidjs/router";
import { type JSX, Show } from "solid-js";
import { arnName, arnPath, rulePath } from "../../app/paths.ts";
import { SameMinute } from "../../app/SameMinute.tsx";
import { jsonIn } from "../../ui/embedded-json.ts";
import { JsonView } from "../../ui/JsonView.tsx";
import { KeyValue } from "../../ui/KeyValue.tsx";
import { Callout, Empty } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { durationText, milliText, secondText } from "../../ui/time.ts";
import type { Delivery } from "./answers.ts";
import { DeliveryBadge } from "./DeliveryStatus.tsx";
import { DELIVERIES as T } from "./delivery-strings.ts";

type Attempt = Delivery["attempts"][number] & { readonly number: number; readonly before: number | undefined };

const COLUMNS: readonly Column<Attempt>[] = [
  { id: "at", head: T.at, mono: true, width: "8.5rem", card: "end", cell: (row) => milliText(row.at) },
  {
    id: "pause",
    head: T.pause,
    width: "6rem",
    cell: (row) => (row.before === undefined ? T.first : durationText(row.at - row.before)),
  },
  {
    id: "outcome",
    head: T.outcome,
    min: 150,
    card: "main",
    cell: (row) => (
      <Show when={row.error} fallback={T.arrived}>
        {(error) => (
          <span class="events-outcome" title={error().message}>
            <b class="med mono">{error().code}</b> <span class="t2">{error().message}</span>
          </span>
        )}
      </Show>
    ),
  },
];

/** One delivery: what became of it, every attempt, what was sent, and the ways to rule, target, event and dead letter. */
export function DeliveryCard(props: { readonly delivery: Delivery | undefined }): JSX.Element {
  return (
    <Show
      when={props.delivery}
      fallback={
        <Panel title={T.delivery}>
          <Empty glyph="queue" title={T.choose}>
            {T.chooseWhy}
          </Empty>
        </Panel>
      }
    >
      {(delivery) => <One delivery={delivery()} />}
    </Show>
  );
}

function One(props: { readonly delivery: Delivery }): JSX.Element {
  const one = (): Delivery => props.delivery;
  const attempts = (): readonly Attempt[] =>
    one().attempts.map((attempt, at, all) => ({ ...attempt, number: at + 1, before: all[at - 1]?.at }));
  const resource = (arn: string): JSX.Element => (
    <Show when={arnPath(arn)} fallback={<span class="mono">{arnName(arn)}</span>}>
      {(path) => (
        <A class="link" href={path()} title={arn}>
          {arnName(arn)}
        </A>
      )}
    </Show>
  );
  return (
    <>
      <Panel title={T.delivery} sub={secondText(one().at)} end={<DeliveryBadge status={one().status} />} class="events-delivery">
        <div class="pb col">
          <KeyValue
            wrap
            items={[
              {
                label: T.rule,
                value: (
                  <A class="link" href={rulePath(one().bus, one().rule)}>
                    {one().rule}
                  </A>
                ),
              },
              { label: T.target, value: resource(one().targetArn) },
              { label: T.event, value: <EventLink delivery={one()} /> },
              ...(one().deadLetter === undefined ? [] : [{ label: T.deadLetter, value: resource(one().deadLetter?.queueArn ?? "") }]),
            ]}
          />
          <Show when={one().why}>{(why) => <Callout tone={one().status === "not sent" ? "insuf" : "alarm"}>{why()}</Callout>}</Show>
          <Show when={one().status === "retrying" && one().next}>
            {(next) => <Callout tone="warn">{T.nextTry(secondText(next()))}</Callout>}
          </Show>
          <Show when={one().deadLetter?.error}>{(message) => <Callout tone="alarm">{T.buriedNot(message())}</Callout>}</Show>
          <SameMinute at={one().at} here="events" />
        </div>
        <Show when={attempts().length > 0}>
          <div class="rule-t">
            <Table label={T.attempts} columns={COLUMNS} rows={attempts()} rowKey={(row) => String(row.number)} />
          </div>
        </Show>
      </Panel>
      <Panel title={T.payload} class="events-payload">
        <Payload delivery={one()} />
      </Panel>
    </>
  );
}

function EventLink(props: { readonly delivery: Delivery }): JSX.Element {
  return (
    <Show when={props.delivery.passed} fallback={<span class="t2">{T.scheduled}</span>}>
      {(sequence) => (
        <A class="link" href={`/events?event=${sequence()}`} title={T.theEvent}>
          {props.delivery.envelope?.["detail-type"] ?? props.delivery.eventId}
        </A>
      )}
    </Show>
  );
}

function Payload(props: { readonly delivery: Delivery }): JSX.Element {
  const text = (): string | undefined => props.delivery.payload;
  return (
    <Show when={text()} fallback={<p class="pb muted">{props.delivery.status === "not sent" ? T.notSent : T.payloadGone}</p>}>
      {(body) => (
        <Show when={jsonIn(body())} fallback={<pre class="pb code wraps">{body()}</pre>}>
          {(value) => <JsonView label={T.payloadJson} value={value()} />}
        </Show>
      )}
    </Show>
  );
}
