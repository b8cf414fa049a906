import { useSearchParams } from "@solidjs/router";
import { type JSX, Show } from "solid-js";
import { laidOut } from "../../editors/json/json-layout.ts";
import { ErrorNote, Skeleton } from "../../ui/notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { EventsNav } from "./EventsNav.tsx";
import { useRule } from "./event-reads.ts";
import { RuleFormPage } from "./RuleFormPage.tsx";
import { blankRule, draftOfRule } from "./rule-draft.ts";
import { RULES as T } from "./rule-strings.ts";

/** The form of a new rule, or of one that is there. */
export function RuleEditor(props: { readonly editing?: { readonly bus: string; readonly rule: string } }): JSX.Element {
  const [query] = useSearchParams<{ bus?: string; pattern?: string; event?: string }>();
  const editing = props.editing;
  if (editing === undefined) {
    const pattern = query.pattern === undefined ? T.newPattern : (laidOut(query.pattern) ?? query.pattern);
    return (
      <RuleFormPage
        initial={blankRule(query.bus ?? "default", pattern)}
        before={[]}
        {...(query.event === undefined ? {} : { sample: query.event })}
      />
    );
  }
  const known = useRule(editing.bus, editing.rule);
  // As it was when the form opened: what is typed is not overwritten by a later read.
  const loaded = () => {
    const [rule, targets] = [known.rule(), known.targets()];
    return rule === undefined || targets === undefined ? undefined : { rule, targets };
  };
  return (
    <Show
      when={loaded() !== undefined}
      fallback={
        <Page title={T.editTitle(editing.rule)} bar={<EventsNav here="rules" />}>
          <Show when={known.read.error()} fallback={<Skeleton rows={6} />}>
            {(failure) => <ErrorNote failure={failure()} onRetry={known.read.again} />}
          </Show>
        </Page>
      }
    >
      {(_) => {
        const { rule, targets } = loaded() as NonNullable<ReturnType<typeof loaded>>;
        return <RuleFormPage isEdit initial={draftOfRule(rule, targets, T.newPattern)} before={targets} />;
      }}
    </Show>
  );
}
