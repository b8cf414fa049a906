import { createSignal, type JSX } from "solid-js";
import { Button } from "../../ui/Button.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { KeyValue } from "../../ui/KeyValue.tsx";
import { valueText } from "../../ui/numbers.ts";
import { Panel } from "../../ui/Panel.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import type { RuleRecord } from "./answers.ts";
import { RequestLines } from "./RequestLines.tsx";
import { createRequest, draftOf, TEXT_MEMBERS } from "./rule-draft.ts";
import { SAMPLING as T } from "./sampling-strings.ts";
import { xrayRequest } from "./trace-reads.ts";

/** One rule: its fields, its JSON, the lines that read it and make it again. */
export function RuleDetails(props: {
  readonly record: RuleRecord;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}): JSX.Element {
  const [tab, setTab] = createSignal("details");
  const rule = () => props.record.SamplingRule;
  const isDefault = (): boolean => rule().RuleName === "Default";
  return (
    <Panel
      title={rule().RuleName}
      sub={T.definition}
      end={
        <>
          <Button small onClick={() => props.onEdit()}>
            {T.edit}
          </Button>
          <Button
            small
            look="danger"
            disabled={isDefault()}
            {...(isDefault() ? { reason: T.defaultStays } : {})}
            onClick={() => props.onDelete()}
          >
            {T.remove}
          </Button>
        </>
      }
    >
      <Tabs
        label={T.definition}
        selected={tab()}
        onSelect={setTab}
        items={[
          {
            id: "details",
            label: T.details,
            content: () => (
              <div class="pb">
                <KeyValue
                  wrap
                  items={[
                    { label: T.priority, value: rule().Priority },
                    { label: T.fields.ReservoirSize, value: `${rule().ReservoirSize} ${T.perSecond}` },
                    { label: T.fields.FixedRate, value: `${valueText(rule().FixedRate * 100)} %` },
                    ...TEXT_MEMBERS.map((name) => ({ label: T.fields[name], value: rule()[name], mono: true })),
                    { label: T.arn, value: rule().RuleARN ?? "", mono: true, copy: rule().RuleARN ?? "" },
                  ]}
                />
              </div>
            ),
          },
          { id: "json", label: T.jsonSource, content: () => <JsonView label={T.jsonSource} value={props.record} /> },
          {
            id: "lines",
            label: T.awsLine,
            content: () => (
              <div class="pb col">
                <RequestLines label={T.lineRead} requests={[xrayRequest("GetSamplingRules", {})]} />
                <RequestLines
                  label={T.lineMake}
                  requests={[
                    isDefault()
                      ? xrayRequest("UpdateSamplingRule", {
                          SamplingRuleUpdate: { RuleName: "Default", FixedRate: rule().FixedRate, ReservoirSize: rule().ReservoirSize },
                        })
                      : createRequest(draftOf(rule())),
                  ]}
                />
              </div>
            ),
          },
        ]}
      />
    </Panel>
  );
}
