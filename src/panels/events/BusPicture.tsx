import { A } from "@solidjs/router";
import { For, type JSX, Show } from "solid-js";
import { arnName, rulePath } from "../../app/paths.ts";
import { Glyph } from "../../ui/Glyph.tsx";
import { countText } from "../../ui/numbers.ts";
import type { BusFlow, FlowRule, FlowTarget } from "./answers.ts";
import "./bus-picture.css";
import { RULES as T } from "./rule-strings.ts";
import { kindOfArn, targetGlyph } from "./target-kinds.ts";

const SOURCES = 5;
const RULES_SHOWN = 8;

/** From the sources over the bus through the rules to the targets, with what went each way. The tables say the same. */
export function BusPicture(props: { readonly flow: BusFlow }): JSX.Element {
  const more = (all: number, shown: number): JSX.Element => (
    <Show when={all > shown}>
      <li class="small muted">{T.more(all - shown)}</li>
    </Show>
  );
  return (
    <div class="bp">
      <div class="bp-left">
        <h3>{T.sources}</h3>
        <ul>
          <For each={props.flow.sources.slice(0, SOURCES)} fallback={<li class="small muted bp-none">{T.noSources}</li>}>
            {(one) => (
              <li class="bp-row">
                <A
                  class="bp-node"
                  href={`/events?bus=${encodeURIComponent(props.flow.bus)}`}
                  title={T.sourceName(one.source, one.type, one.count)}
                >
                  <span class="bp-name">
                    <b class="trunc">{one.source}</b>
                    <span class="bp-sub trunc">{one.type}</span>
                  </span>
                  <span class="bp-n">{countText(one.count)}</span>
                </A>
                <i class={`bp-wire ${one.sent > 0 ? "on" : ""}`} />
              </li>
            )}
          </For>
          {more(props.flow.sources.length, SOURCES)}
        </ul>
      </div>
      <div class="bp-bar" aria-hidden="true" />
      <div class="bp-right">
        <h3>
          <span>{T.rules}</span>
          <span class="bp-targets-head">{T.targets}</span>
        </h3>
        <ul>
          <For each={props.flow.rules.slice(0, RULES_SHOWN)} fallback={<li class="small muted bp-none">{T.rulesEmpty}</li>}>
            {(rule) => <RuleRow rule={rule} bus={props.flow.bus} />}
          </For>
          {more(props.flow.rules.length, RULES_SHOWN)}
        </ul>
      </div>
    </div>
  );
}

function RuleRow(props: { readonly rule: FlowRule; readonly bus: string }): JSX.Element {
  const isOn = (): boolean => props.rule.sent > 0;
  const isScheduled = (): boolean => props.rule.pattern === undefined;
  const words = (): string =>
    props.rule.state === "DISABLED"
      ? T.disabled
      : isScheduled()
        ? T.fired(countText(props.rule.sent))
        : T.matched(countText(props.rule.sent));
  return (
    <li class="bp-row">
      <Show when={isScheduled()} fallback={<i class={`bp-wire ${isOn() ? "on" : ""}`} />}>
        <span class="bp-clock">
          <Glyph name="clock" size="s" />
        </span>
      </Show>
      <A class="bp-node" href={rulePath(props.bus, props.rule.name)}>
        <span class="sv-events">
          <Glyph name="rule" size="s" />
        </span>
        <b class="trunc grow">{props.rule.name}</b>
        <span class="bp-sub">{words()}</span>
      </A>
      <i class={`bp-wire ${isOn() ? "on" : ""}`} />
      <div class="bp-targets">
        <For each={props.rule.targets} fallback={<span class="small muted">{T.noTargets}</span>}>
          {(target) => <TargetNode target={target} rule={props.rule.name} bus={props.bus} />}
        </For>
      </div>
    </li>
  );
}

function TargetNode(props: { readonly target: FlowTarget; readonly rule: string; readonly bus: string }): JSX.Element {
  const kind = () => kindOfArn(props.target.arn);
  const words = (): string => {
    const { delivered, failed, underWay } = props.target;
    const parts = [
      ...(delivered > 0 ? [`${countText(delivered)} ${T.delivered}`] : []),
      ...(underWay > 0 ? [`${countText(underWay)} ${T.underWay}`] : []),
      ...(failed > 0 ? [`${countText(failed)} ${T.failed}`] : []),
    ];
    return parts.length === 0 ? T.nothingSent : parts.join(", ");
  };
  return (
    <A
      class={`bp-node ${props.target.failed > 0 ? "is-failed" : ""}`}
      href={`/events/deliveries?${new URLSearchParams({ bus: props.bus, rule: props.rule })}`}
      title={props.target.arn}
    >
      <Glyph name={props.target.failed > 0 ? "warnt" : targetGlyph(kind())} size="s" />
      <span class="bp-name">
        <b class="trunc">{arnName(props.target.arn)}</b>
        <span class="bp-sub trunc">
          {T.targetKinds[kind()]} · {words()}
        </span>
      </span>
    </A>
  );
}
