import { A, useNavigate } from "@solidjs/router";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { busRulesPath, rulePath } from "../../app/paths.ts";
import { createCommand } from "../../client/command.ts";
import { laidOut } from "../../editors/json/json-layout.ts";
import { Chip } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Empty, ErrorNote, Skeleton } from "../../ui/notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { Switch } from "../../ui/Switch.tsx";
import type { Rule, Target } from "./answers.ts";
import { DeleteRuleDialog } from "./DeleteRuleDialog.tsx";
import { DeliveryListPanel } from "./DeliveryListPanel.tsx";
import { EventsNav } from "./EventsNav.tsx";
import { eventsRequest, useRule } from "./event-reads.ts";
import { createTrial } from "./pattern-trial.ts";
import { RuleAgainst } from "./RuleAgainst.tsx";
import { RuleDefinition } from "./RuleDefinition.tsx";
import { RULES as T } from "./rule-strings.ts";
import { ScheduleMoments } from "./ScheduleMoments.tsx";

/** One rule; says so when there is none of this name. */
export function RulePage(props: { readonly bus: string; readonly rule: string }): JSX.Element {
  const navigate = useNavigate();
  const known = useRule(props.bus, props.rule);
  const isMissing = (): boolean => known.read.error()?.code === "ResourceNotFoundException";
  return (
    <Show
      when={!isMissing() && known.rule()}
      fallback={
        <Page title={props.rule} bar={<EventsNav here="rules" />}>
          <Show
            when={isMissing()}
            fallback={
              <Show when={known.read.error()} fallback={<Skeleton rows={6} />}>
                {(failure) => <ErrorNote failure={failure()} onRetry={known.read.again} />}
              </Show>
            }
          >
            <Empty
              glyph="rule"
              title={T.ruleMissing(props.rule)}
              action={{ label: T.toRules, run: () => navigate(busRulesPath(props.bus)) }}
            >
              {T.ruleMissingWhy(props.bus)}
            </Empty>
          </Show>
        </Page>
      }
    >
      {(rule) => <OneRule rule={rule()} targets={known.targets()} />}
    </Show>
  );
}

function OneRule(props: { readonly rule: Rule; readonly targets: readonly Target[] | undefined }): JSX.Element {
  const navigate = useNavigate();
  const state = createCommand();
  const [isDeleting, setDeleting] = createSignal(false);
  const name = (): string => props.rule.Name;
  const bus = (): string => props.rule.EventBusName;
  const isOn = (): boolean => props.rule.State !== "DISABLED";
  const pattern = createMemo(() => laidOut(props.rule.EventPattern ?? "") ?? "");
  const trial = createTrial(pattern, bus);
  const setState = (on: boolean): void => {
    void state.run(eventsRequest(on ? "EnableRule" : "DisableRule", { Name: name(), EventBusName: bus() }));
  };
  return (
    <Page
      title={name()}
      scroll
      bar={<EventsNav here="rules" />}
      facts={
        <>
          <Switch label={isOn() ? T.enabled : T.disabled} on={isOn()} disabled={state.pending()} onChange={setState} />
          <A href={busRulesPath(bus())} class="events-chip-link">
            <Chip glyph="bus">{bus()}</Chip>
          </A>
        </>
      }
      actions={
        <>
          <Button onClick={() => navigate(rulePath(bus(), name(), "/edit"))}>{T.edit}</Button>
          <Button look="danger" onClick={() => setDeleting(true)}>
            {T.remove}
          </Button>
        </>
      }
      mainLabel={T.definition}
      asideLabel={pattern() === "" ? T.fires : T.why}
      aside={
        <>
          <Show when={props.rule.ScheduleExpression}>
            {(expression) => <ScheduleMoments expression={expression()} isOff={!isOn()} rule={name()} />}
          </Show>
          <Show when={pattern() !== ""}>
            <RuleAgainst trial={trial} bus={bus()} />
          </Show>
        </>
      }
    >
      <RuleDefinition rule={props.rule} targets={props.targets} pattern={pattern()} trial={trial} />
      <DeliveryListPanel
        title={T.deliveriesOf}
        question={{ bus: bus(), rule: name() }}
        limit={20}
        onOpen={(delivery) =>
          navigate(`/events/deliveries?${new URLSearchParams({ bus: bus(), rule: name(), delivery: delivery.sequence })}`)
        }
        end={
          <A class="link small" href={`/events/deliveries?${new URLSearchParams({ bus: bus(), rule: name() })}`}>
            {T.allDeliveries}
          </A>
        }
      />
      <Show when={isDeleting()}>
        <DeleteRuleDialog
          rule={props.rule}
          targets={props.targets ?? []}
          onClose={() => setDeleting(false)}
          onDeleted={() => navigate(busRulesPath(bus()))}
        />
      </Show>
    </Page>
  );
}
