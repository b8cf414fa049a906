import { useSearchParams } from "@solidjs/router";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import type { PrincipalRow } from "../../../workers/api.ts";
import { AccessExplained } from "../../access/AccessExplained.tsx";
import { rowOf } from "../../access/policy-texts.ts";
import { simulatedTree } from "../../access/simulated-tree.ts";
import { ACCESS } from "../../access/strings.ts";
import { useClient } from "../../client/context.ts";
import { createQuestion } from "../../client/resource.ts";
import { JsonInput } from "../../editors/json/JsonInput.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { Callout, Empty, ReadState } from "../../ui/notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextArea } from "../../ui/TextField.tsx";
import { RequestLines } from "../events/RequestLines.tsx";
import { contextEntries, linesOf } from "./context-entries.ts";
import { IamNav } from "./IamNav.tsx";
import { iamRequest, useIam, usePrincipals } from "./iam-reads.ts";
import { policyError } from "./policy-error.ts";
import { type ResultRow, resultRows, SimulatorResults } from "./SimulatorResults.tsx";
import { IAM as T } from "./strings.ts";

/** In lower case: rights that no operation is named after. */
const OTHER_RIGHTS = ["iam:passrole", "lambda:invokefunction", "lambda:invokefunctionurl"];

/** Principal, actions, resources and context keys in; allowed or denied out, each down to the statement. */
export function SimulatorView(): JSX.Element {
  const { api } = useClient();
  const [query] = useSearchParams<{ principal?: string; action?: string; resource?: string }>();
  const principals = usePrincipals();
  const rows = (): readonly PrincipalRow[] => principals.data() ?? [];
  const [wanted, setWanted] = createSignal(query.principal);
  const [actions, setActions] = createSignal(query.action ?? "");
  const [resources, setResources] = createSignal(query.resource === "*" ? "" : (query.resource ?? ""));
  const [context, setContext] = createSignal("");
  const [resourcePolicy, setResourcePolicy] = createSignal("");
  const [adding, setAdding] = createSignal("");
  const [chosen, setChosen] = createSignal<string>();
  const row = createMemo(() => rowOf(rows(), wanted() ?? "") ?? (wanted() === undefined ? rows()[0] : undefined));
  const operations = createQuestion(
    () => ({ service: "fidelity" }),
    () => api.fidelity(),
    { follow: "question" },
  );
  const known = createMemo(() =>
    (operations.data() ?? []).filter((one) => one.built).map((one) => ({ value: `${one.service}:${one.operation}` })),
  );
  const entries = createMemo(() => contextEntries(context()));
  const policyWrong = createMemo(() => (resourcePolicy().trim() === "" ? undefined : policyError(resourcePolicy(), "resource")));
  const input = createMemo(() => {
    const principal = row();
    const names = linesOf(actions());
    if (principal === undefined || names.length === 0 || entries().wrong.length > 0 || policyWrong() !== undefined) return undefined;
    return {
      PolicySourceArn: principal.arn,
      ActionNames: names,
      ...(linesOf(resources()).length === 0 ? {} : { ResourceArns: linesOf(resources()) }),
      ...(entries().entries.length === 0 ? {} : { ContextEntries: entries().entries }),
      ...(resourcePolicy().trim() === "" ? {} : { ResourcePolicy: resourcePolicy() }),
    };
  });
  const read = useIam("SimulatePrincipalPolicy", input);
  const results = createMemo(() => resultRows(read.data()?.output));
  const unknown = createMemo((): readonly string[] => {
    const all = operations.data();
    if (all === undefined) return [];
    const names = new Set([
      ...all.flatMap((one) => [`${one.service}:${one.operation}`, one.action ?? ""].map((each) => each.toLowerCase())),
      ...OTHER_RIGHTS,
    ]);
    return [...new Set(results().map((one) => one.action))].filter((name) => !/[*?]/.test(name) && !names.has(name.toLowerCase()));
  });
  const shown = createMemo((): ResultRow | undefined => results().find((one) => one.id === chosen()) ?? results()[0]);
  const tree = createMemo(() => {
    const principal = row();
    const result = shown();
    if (principal === undefined || result === undefined || input() === undefined) return undefined;
    const given = Object.fromEntries(entries().entries.map((one) => [one.ContextKeyName, one.ContextKeyValues]));
    const resource = resourcePolicy().trim() === "" ? {} : { resourcePolicy: resourcePolicy() };
    return simulatedTree({ row: principal, action: result.action, resource: result.resource, context: given, ...resource });
  });
  return (
    <Page
      title={T.views.simulator}
      scroll
      bar={<IamNav here="simulator" />}
      mainLabel={T.results}
      asideLabel={T.why}
      aside={
        <Panel
          title={tree() === undefined ? T.why : (tree()?.decision === "allowed" ? ACCESS.allowed : ACCESS.denied)(tree()?.action ?? "")}
        >
          <div class="pb">
            <Show when={tree()} fallback={<Empty glyph="key" title={T.chooseResult} />}>
              {(found) => <AccessExplained tree={found()} />}
            </Show>
          </div>
        </Panel>
      }
    >
      <Panel label={T.views.simulator}>
        <div class="pb iam-grid">
          <ReadState read={principals} rows={1}>
            {() => (
              <Select
                label={T.principal}
                value={row()?.arn ?? ""}
                options={rows().map((one) => ({ value: one.arn, label: `${one.name} (${one.kind})` }))}
                onChange={setWanted}
              />
            )}
          </ReadState>
          <Combobox
            label={T.addAction}
            mono
            value={adding()}
            options={known()}
            onChange={(name) => {
              const isKnown = known().some((one) => one.value === name);
              if (isKnown) setActions((now) => [...linesOf(now), name].join("\n"));
              setAdding(isKnown ? "" : name);
            }}
          />
          <TextArea label={T.actionNames} mono rows={3} value={actions()} onInput={setActions} />
          <TextArea label={T.resources} mono rows={3} hint={T.resourcesHint} value={resources()} onInput={setResources} />
          <TextArea
            label={T.context}
            mono
            rows={2}
            hint={T.contextHint}
            value={context()}
            onInput={setContext}
            {...(entries().wrong.length === 0 ? {} : { error: T.contextWrong(entries().wrong.join(", ")) })}
          />
          <details class="iam-more">
            <summary>{T.resourcePolicy}</summary>
            <p class="small t2">{T.resourcePolicyWhy}</p>
            <JsonInput label={T.resourcePolicy} value={resourcePolicy()} onInput={setResourcePolicy} error={policyWrong()} />
          </details>
        </div>
      </Panel>
      <Panel title={T.results}>
        <Show
          when={input() !== undefined}
          fallback={
            <Empty glyph="key" title={T.askActions}>
              {T.askActionsWhy}
            </Empty>
          }
        >
          <ReadState read={read}>
            {() => <SimulatorResults rows={results()} selected={shown()?.id} principal={row()} onChoose={setChosen} />}
          </ReadState>
        </Show>
        <Show when={results().flatMap((one) => one.missing).length > 0}>
          <div class="pb">
            <Callout tone="warn">
              {T.missing} <code>{[...new Set(results().flatMap((one) => one.missing))].join(", ")}</code>
            </Callout>
          </div>
        </Show>
        <Show when={unknown().length > 0}>
          <div class="pb">
            <Callout tone="warn">
              {T.unknownAction} <code>{unknown().join(", ")}</code>
            </Callout>
          </div>
        </Show>
        <Show when={input()}>
          {(asked) => (
            <div class="pb col rule-t">
              <RequestLines requests={[iamRequest("SimulatePrincipalPolicy", asked())]} />
            </div>
          )}
        </Show>
      </Panel>
    </Page>
  );
}
