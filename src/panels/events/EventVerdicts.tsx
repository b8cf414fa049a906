import { A, useNavigate } from "@solidjs/router";
import { createMemo, createSignal, createUniqueId, For, type JSX, Show } from "solid-js";
import { arnName, RULES_PATH, rulePath } from "../../app/paths.ts";
import type { Read } from "../../client/resource.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { Callout, ErrorNote, Skeleton } from "../../ui/notes.tsx";
import type { Delivery, RuleVerdict, Verdicts } from "./answers.ts";
import { eventNodes } from "./because-tree.ts";
import { DeliveryBadge } from "./DeliveryStatus.tsx";
import { DELIVERIES as T } from "./delivery-strings.ts";
import type { Passed } from "./passed.ts";
import { WhyTree } from "./WhyTree.tsx";

/** What every rule of the bus says of an event, each with its reasons, and the deliveries that came of it. */
export function EventVerdicts(props: { readonly event: Passed; readonly read: Read<Verdicts | undefined> }): JSX.Element {
  const navigate = useNavigate();
  const verdicts = createMemo(() => (props.read.data()?.event.envelope.id === props.event.envelope.id ? props.read.data() : undefined));
  const toNew = (): void => {
    const { source, "detail-type": type } = props.event.envelope;
    const pattern = JSON.stringify({ source: [source], "detail-type": [type] });
    navigate(`${RULES_PATH}/new?${new URLSearchParams({ bus: props.event.bus, pattern, event: props.event.sequence })}`);
  };
  return (
    <section class="pb col" aria-label={T.rulesHead}>
      <div class="row">
        <h3>{T.rulesHead}</h3>
        <Show when={(verdicts()?.rules.length ?? 0) > 0}>
          <span class="small muted">
            {T.rulesSub(verdicts()?.rules.filter((one) => one.isMatch).length ?? 0, verdicts()?.rules.length ?? 0)}
          </span>
        </Show>
      </div>
      <Show when={props.read.error()}>{(failure) => <ErrorNote failure={failure()} onRetry={props.read.again} />}</Show>
      <Show
        when={verdicts()}
        fallback={
          <Show when={props.read.loading()} fallback={<p class="muted">{T.gone}</p>}>
            {<Skeleton rows={2} />}
          </Show>
        }
      >
        {(known) => (
          <>
            <Show when={known().rules.length > 0} fallback={<p class="t2">{T.noRules(props.event.bus)}</p>}>
              <ul class="events-verdicts">
                <For each={known().rules}>{(verdict) => <OneVerdict verdict={verdict} bus={props.event.bus} />}</For>
              </ul>
              <p class="small muted">{T.asNow}</p>
            </Show>
            <Show when={known().rules.every((one) => !one.isMatch)}>
              <div>
                <Button small glyph="plus" onClick={toNew}>
                  {T.makeRule}
                </Button>
              </div>
            </Show>
            <h3>{T.deliveriesHead}</h3>
            <Show when={known().deliveries.length > 0} fallback={<p class="t2">{T.noDeliveries}</p>}>
              <ul class="events-sent">
                <For each={known().deliveries}>{(delivery) => <OneDelivery delivery={delivery} />}</For>
              </ul>
            </Show>
          </>
        )}
      </Show>
    </section>
  );
}

function OneVerdict(props: { readonly verdict: RuleVerdict; readonly bus: string }): JSX.Element {
  const id = createUniqueId();
  const [isOpen, setOpen] = createSignal(false);
  const word = (): string => (props.verdict.isMatch ? T.took : props.verdict.heldBack === undefined ? T.left : T.held);
  const label = (): string => `${props.verdict.rule}, ${word()}`;
  return (
    <li>
      <div class="row">
        <button
          type="button"
          class="row tap grow events-verdict"
          aria-expanded={isOpen()}
          aria-controls={id}
          onClick={() => setOpen(!isOpen())}
        >
          <Glyph name={isOpen() ? "down" : "right"} size="s" />
          <span class="med trunc">{props.verdict.rule}</span>
          <span class="vh">{word()}</span>
        </button>
        <span aria-hidden="true">
          <Badge tone={props.verdict.isMatch ? "ok" : "info"} glyph={props.verdict.isMatch ? "okc" : "minus"}>
            {word()}
          </Badge>
        </span>
        <A class="link small events-to-rule" href={rulePath(props.bus, props.verdict.rule)} aria-label={`${T.rule} ${props.verdict.rule}`}>
          {T.rule}
        </A>
      </div>
      <div id={id} hidden={!isOpen()} class="events-verdict-why">
        <Show when={isOpen()}>
          <Show when={props.verdict.heldBack}>{(reason) => <Callout>{reason()}</Callout>}</Show>
          <Show when={props.verdict.because}>
            {(because) => (
              <>
                <p class="t2 small">{because().reason}</p>
                <WhyTree label={label()} nodes={eventNodes(because())} />
              </>
            )}
          </Show>
        </Show>
      </div>
    </li>
  );
}

function OneDelivery(props: { readonly delivery: Delivery }): JSX.Element {
  return (
    <li class="row">
      <A class="link med trunc grow" href={`/events/deliveries?delivery=${props.delivery.sequence}`} title={props.delivery.targetArn}>
        {props.delivery.rule} → {arnName(props.delivery.targetArn)}
      </A>
      <DeliveryBadge status={props.delivery.status} />
    </li>
  );
}
