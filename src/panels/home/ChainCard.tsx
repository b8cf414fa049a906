import { A } from "@solidjs/router";
import { For, type JSX, Show } from "solid-js";
import { alarmPath, logGroupPath, newFilterPath } from "../../app/paths.ts";
import { StateBadge } from "../../ui/Badge.tsx";
import { Glyph, type GlyphName } from "../../ui/Glyph.tsx";
import { plural } from "../../ui/numbers.ts";
import { Panel } from "../../ui/Panel.tsx";
import { type AccountFacts, mailsText, metricStep, watched } from "./steps.ts";
import { HOME_TEXT as T } from "./strings.ts";

interface Link {
  readonly glyph: GlyphName;
  readonly hue: string;
  readonly kind: string;
  readonly name: string;
  readonly fact: JSX.Element;
  readonly path: string;
  readonly hint?: string;
  readonly alarm?: boolean;
}

/** One log line on its way to a person: group, filter, metric, alarm, topic, inbox. Links are there even when empty. */
export function ChainCard(props: { readonly facts: AccountFacts }): JSX.Element {
  const links = (): readonly Link[] => {
    const { groups, filters, alarms, subscriptions, unconfirmed } = props.facts;
    const { filter, metric } = watched(props.facts);
    const alarm = alarms.find((a) => a.StateValue === "ALARM") ?? alarms.find((a) => a.MetricName === filter?.metricName) ?? alarms[0];
    const toMetric = metricStep(props.facts, { group: logGroupPath, filter: newFilterPath });
    const group = groups.find((g) => g.logGroupName === filter?.logGroupName) ?? groups[0];
    return [
      {
        glyph: "logs",
        hue: "sv-logs",
        kind: "log group",
        name: group?.logGroupName ?? "–",
        fact: plural(groups.length, "group"),
        path: group === undefined ? "/logs" : logGroupPath(group.logGroupName),
      },
      {
        glyph: "rule",
        hue: "sv-logs",
        kind: "metric filter",
        name: filter?.filterName ?? "–",
        fact: plural(filters.length, "filter"),
        path: group === undefined ? "/logs" : `${logGroupPath(group.logGroupName)}?tab=filters`,
      },
      {
        glyph: "metrics",
        hue: "sv-metrics",
        kind: "metric",
        name: filter?.metricName || "–",
        fact: metric !== undefined ? T.hasDatapoints : filter === undefined ? T.noMetric : T.noDatapoint,
        path: toMetric.path,
        ...(toMetric.hint === undefined ? {} : { hint: toMetric.hint }),
      },
      {
        glyph: "alarm",
        hue: "sv-metrics",
        kind: "alarm",
        name: alarm?.AlarmName ?? "–",
        fact: (
          <Show when={alarm} fallback={plural(0, "alarm")}>
            {(a) => <StateBadge state={a().StateValue} />}
          </Show>
        ),
        path: alarm === undefined ? "/alarms" : alarmPath(alarm.AlarmName),
        alarm: alarm?.StateValue === "ALARM",
      },
      {
        glyph: "topic",
        hue: "sv-events",
        kind: "SNS topic",
        name: plural(subscriptions + unconfirmed, "subscription"),
        fact: subscriptions === 0 && unconfirmed > 0 ? T.unconfirmed : mailsText(props.facts),
        path: "/inbox",
      },
    ];
  };
  return (
    <Panel title={T.watches} sub={T.watchesSub}>
      <ol class="pb chain">
        <For each={links()}>
          {(link) => (
            <li class={`chain-link ${link.alarm ? "is-alarm" : ""}`}>
              <A href={link.path} title={link.hint}>
                <span class={`row ${link.hue}`}>
                  <Glyph name={link.glyph} />
                  <b class="med chain-name" title={link.name}>
                    {link.name}
                  </b>
                </span>
                <span class="muted small">{link.kind}</span>
                <span class="small">{link.fact}</span>
              </A>
            </li>
          )}
        </For>
      </ol>
    </Panel>
  );
}
