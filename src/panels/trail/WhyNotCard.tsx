import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { useClient } from "../../client/context.ts";
import { createLook, createQuestion } from "../../client/resource.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Select } from "../../ui/Select.tsx";
import { TRAIL as T } from "./strings.ts";

/** For any operation: whether a call of it stands in the event history, and why not. */
export function WhyNotCard(): JSX.Element {
  const { api, pulse } = useClient();
  const [service, setService] = createSignal("logs");
  const [operation, setOperation] = createSignal("PutLogEvents");
  const table = createQuestion(
    () => ({ service: "fidelity" }),
    () => api.fidelity(),
    { follow: "question" },
  );
  const services = createMemo(() => [...new Set((table.data() ?? []).filter((row) => row.built).map((row) => row.service))]);
  const operations = createMemo(() =>
    (table.data() ?? []).filter((row) => row.service === service() && row.built).map((row) => row.operation),
  );
  const answer = createLook<{ readonly trail?: string; readonly sentence: string }>(
    () => ({
      service: "cloudtrail",
      view: "whyNotRecorded",
      region: pulse()?.region ?? "us-east-1",
      question: { service: service(), operation: operation() },
    }),
    { follow: "question" },
  );
  return (
    <Panel title={T.whyNot}>
      <div class="pb col">
        <div class="fgrid">
          <Select
            label={T.serviceField}
            value={service()}
            options={services().map((name) => ({ value: name, label: name }))}
            onChange={(name) => {
              setService(name);
              setOperation(operations()[0] ?? "");
            }}
          />
          <Select
            label={T.operation}
            value={operation()}
            options={operations().map((name) => ({ value: name, label: name }))}
            onChange={setOperation}
          />
        </div>
        <Show when={answer.data()}>
          {(shown) => (
            <>
              <Show when={shown().trail}>
                {(kind) => (
                  <div>
                    <Badge tone={kind().startsWith("management") ? "ok" : "info"} glyph={kind().startsWith("management") ? "okc" : "minus"}>
                      {kind().replace("-", " ")}
                    </Badge>
                  </div>
                )}
              </Show>
              <p>{shown().sentence}</p>
            </>
          )}
        </Show>
      </div>
    </Panel>
  );
}
