import { useNavigate } from "@solidjs/router";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { busRulesPath, rulePath } from "../../app/paths.ts";
import { createCommand } from "../../client/command.ts";
import { Button } from "../../ui/Button.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type TabItem, Tabs } from "../../ui/Tabs.tsx";
import { showToast } from "../../ui/toasts.ts";
import type { Target } from "./answers.ts";
import { applied } from "./because-tree.ts";
import { EventsNav } from "./EventsNav.tsx";
import { createTrial } from "./pattern-trial.ts";
import { RequestLines } from "./RequestLines.tsx";
import { RuleForm } from "./RuleForm.tsx";
import { RulePreview } from "./RulePreview.tsx";
import { inputOfDraft, type RuleDraft, targetsOfDraft } from "./rule-draft.ts";
import { ruleRequests } from "./rule-requests.ts";
import { RULES as T } from "./rule-strings.ts";
import { createTargetCheck } from "./target-check.ts";

export interface RuleFormPageProps {
  readonly initial: RuleDraft;
  /** The targets it has now. */
  readonly before: readonly Target[];
  readonly isEdit?: boolean;
  /** The event that the pattern is tried on first. */
  readonly sample?: string;
}

/** A rule in the making beside what it would match, or when it would fire. */
export function RuleFormPage(props: RuleFormPageProps): JSX.Element {
  const navigate = useNavigate();
  const [draft, setDraft] = createSignal<RuleDraft>(props.initial);
  const [tab, setTab] = createSignal("form");
  const command = createCommand({ quiet: true });
  const pattern = createMemo(() => (draft().kind === "schedule" ? "" : draft().pattern));
  const trial = createTrial(pattern, () => draft().bus, props.sample);
  const requests = createMemo(() => ruleRequests(inputOfDraft(draft()), targetsOfDraft(draft()), props.before));
  const check = createTargetCheck();
  const change = (part: Partial<RuleDraft>): void => {
    command.clear();
    setDraft((now) => ({ ...now, ...part }));
  };
  const back = (): string => (props.isEdit ? rulePath(draft().bus, props.initial.name) : busRulesPath(draft().bus));
  const refused = (): void => {
    setTab("form");
    queueMicrotask(() =>
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>(".events-form [aria-invalid=true], .events-form .error-note")?.focus(),
      ),
    );
  };
  const save = async (): Promise<void> => {
    const sent = draft();
    if (!(await check.run(sent))) {
      refused();
      return;
    }
    for (const request of requests()) {
      if ((await command.run(request)) === undefined) {
        refused();
        return;
      }
    }
    showToast({ severity: "ok", text: props.isEdit ? T.saved(sent.name) : T.created(sent.name) });
    navigate(rulePath(sent.bus, sent.name));
  };
  const items: readonly TabItem[] = [
    {
      id: "form",
      label: T.form,
      content: () => (
        <RuleForm
          draft={draft()}
          trial={trial}
          isEdit={props.isEdit === true}
          isAsked={check.isAsked()}
          failure={command.error() ?? check.failure()}
          onChange={change}
        />
      ),
    },
    {
      id: "json",
      label: T.jsonSource,
      content: () => (
        <JsonView label={T.jsonSource} value={Object.fromEntries(requests().map(({ operation, input }) => [operation, input]))} />
      ),
    },
    {
      id: "lines",
      label: T.awsLine,
      content: () => (
        <div class="pb col">
          <RequestLines label={T.steps} requests={requests()} />
        </div>
      ),
    },
  ];
  return (
    <Page
      title={props.isEdit ? T.editTitle(props.initial.name) : T.create}
      scroll
      bar={<EventsNav here="rules" />}
      mainLabel={T.definition}
      asideLabel={draft().kind === "schedule" ? T.fires : T.preview}
      aside={<RulePreview draft={draft()} trial={trial} onFix={(fix) => change({ pattern: applied(draft().pattern, fix) })} />}
    >
      <Panel label={T.definition}>
        <Tabs label={T.definition} items={items} selected={tab()} onSelect={setTab} />
        <div class="pb col rule-t">
          <Show when={tab() === "form"}>
            <RequestLines requests={requests()} />
          </Show>
          <div class="row">
            <Button look="primary" pending={command.pending()} onClick={() => void save()}>
              {T.save}
            </Button>
            <Button onClick={() => navigate(back())}>{T.cancel}</Button>
          </div>
        </div>
      </Panel>
    </Page>
  );
}
