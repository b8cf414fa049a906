import { createSignal, type JSX, Show } from "solid-js";
import { JsonText } from "../../editors/json/JsonText.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { KeyValue } from "../../ui/KeyValue.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type TabItem, Tabs } from "../../ui/Tabs.tsx";
import type { Rule, Target } from "./answers.ts";
import { eventsRequest } from "./event-reads.ts";
import type { Trial } from "./pattern-trial.ts";
import { RequestLines } from "./RequestLines.tsx";
import { stateWords } from "./RuleState.tsx";
import { inputOfRule, ruleRequests } from "./rule-requests.ts";
import { RULES as T } from "./rule-strings.ts";
import { TargetList } from "./TargetList.tsx";

/** A rule as it is: pattern or schedule, targets, its JSON, and the lines that read it and make it again. */
export function RuleDefinition(props: {
  readonly rule: Rule;
  readonly targets: readonly Target[] | undefined;
  /** Laid out for reading; empty where it has none. */
  readonly pattern: string;
  readonly trial: Trial;
}): JSX.Element {
  const [tab, setTab] = createSignal("what");
  const name = () => ({ Name: props.rule.Name, EventBusName: props.rule.EventBusName });
  const items: readonly TabItem[] = [
    {
      id: "what",
      get label() {
        return props.rule.EventPattern === undefined ? T.schedule : T.pattern;
      },
      content: () => <What rule={props.rule} pattern={props.pattern} trial={props.trial} />,
    },
    {
      id: "targets",
      label: T.targets,
      get count() {
        return props.targets?.length;
      },
      content: () => <TargetList rule={props.rule} targets={props.targets} />,
    },
    { id: "json", label: T.jsonSource, content: () => <JsonView label={T.jsonSource} value={{ ...props.rule, Targets: props.targets }} /> },
    {
      id: "lines",
      label: T.awsLine,
      content: () => (
        <div class="pb col">
          <RequestLines
            label={T.lineRead}
            requests={[
              eventsRequest("DescribeRule", name()),
              eventsRequest("ListTargetsByRule", { Rule: props.rule.Name, EventBusName: props.rule.EventBusName }),
            ]}
          />
          <RequestLines label={T.lineMake} requests={ruleRequests(inputOfRule(props.rule), props.targets ?? [], [])} />
        </div>
      ),
    },
  ];
  return (
    <Panel label={T.definition}>
      <Tabs label={T.definition} items={items} selected={tab()} onSelect={setTab} />
    </Panel>
  );
}

/** The pattern's lines are marked where the event at the side differs. */
function What(props: { readonly rule: Rule; readonly pattern: string; readonly trial: Trial }): JSX.Element {
  return (
    <>
      <div class="pb col">
        <KeyValue
          items={[
            { label: T.arn, value: props.rule.Arn, mono: true, copy: props.rule.Arn },
            { label: T.state, value: stateWords(props.rule.State) },
            ...(props.rule.Description === undefined ? [] : [{ label: T.description, value: props.rule.Description }]),
            ...(props.rule.ScheduleExpression === undefined
              ? []
              : [{ label: T.schedule, value: props.rule.ScheduleExpression, mono: true }]),
          ]}
        />
      </div>
      <Show when={props.pattern !== ""}>
        <div class="rule-t">
          <JsonText label={T.pattern} text={props.pattern} marks={props.trial.marks()} />
        </div>
      </Show>
    </>
  );
}
