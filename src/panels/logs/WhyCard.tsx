import { createMemo, For, type JSX, Show } from "solid-js";
import { createLook } from "../../client/resource.ts";
import { PatternText } from "../../editors/filter-pattern/PatternText.tsx";
import { Button } from "../../ui/Button.tsx";
import { type ExplainNode, ExplainTree } from "../../ui/ExplainTree.tsx";
import { Empty, ErrorNote, Skeleton } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Panel } from "../../ui/Panel.tsx";
import { milliText } from "../../ui/time.ts";
import type { ExplainAnswer, PageAnswer, Suggestion } from "./answers.ts";
import { useRegion } from "./reads.ts";
import type { Search } from "./search.ts";
import { LOGS_TEXT as T } from "./strings.ts";
import { type WhyNode, whyNodes } from "./why-tree.ts";

/** Why the chosen line matched or did not, part by part, and what would match it. */
export function WhyCard(props: { readonly search: Search }): JSX.Element {
  const region = useRegion();
  const chosen = () => props.search.selected();
  const answer = createLook<ExplainAnswer>(
    () => {
      const here = chosen();
      if (here === undefined) return undefined;
      const question = { filterPattern: props.search.pattern(), message: here.line.text(), logGroupName: props.search.group() };
      return { service: "logs", view: "explain", region: region(), question };
    },
    { follow: "question" },
  );
  const valid = createMemo(() => {
    const here = answer.data();
    return here?.valid ? here : undefined;
  });
  const suggestions = (): readonly Suggestion[] => valid()?.suggestions ?? [];
  // "More" is against what the pattern matches in the group as a whole.
  const now = createLook<PageAnswer>(
    () =>
      suggestions().length === 0
        ? undefined
        : {
            service: "logs",
            view: "page",
            region: region(),
            question: { logGroupName: props.search.group(), filterPattern: props.search.pattern(), firstRow: 0, rowCount: 0 },
          },
    { follow: "question" },
  );
  const wouldMatch = (suggestion: Suggestion): string => {
    const all = suggestion.wouldMatch;
    if (all === undefined) return "";
    const more = all - (now.data()?.matched ?? Number.POSITIVE_INFINITY);
    return more > 0 ? T.wouldMatchMore(countText(more), more === 1) : T.wouldMatch(countText(all));
  };
  const title = (): string => (valid() === undefined ? T.why : valid()?.matched ? T.whyMatched : T.whyNot);
  return (
    <Panel
      title={title()}
      class="logs-why"
      end={<span class="mono muted small">{chosen() === undefined ? "" : milliText(chosen()?.line.timestamp ?? 0)}</span>}
    >
      <Show
        when={chosen()}
        fallback={
          <Empty glyph="hint" title={T.whyHint}>
            {T.whyHintWhy}
          </Empty>
        }
      >
        <Show when={answer.error()}>{(failure) => <ErrorNote failure={failure()} onRetry={answer.again} />}</Show>
        <Show when={valid()} fallback={<Show when={answer.error() === undefined}>{<Skeleton rows={3} />}</Show>}>
          {(here) => (
            <div class="logs-why-body">
              <ExplainTree label={title()} nodes={whyNodes(here(), T).map(drawn)} />
              <For each={suggestions()}>
                {(suggestion) => (
                  <div class="row wrap logs-try">
                    <Button small onClick={() => props.search.setText(suggestion.filterPattern)}>
                      {T.try} <span class="tag-mono">{suggestion.instead}</span>
                    </Button>
                    <span class="small muted">{wouldMatch(suggestion)}</span>
                  </div>
                )}
              </For>
            </div>
          )}
        </Show>
      </Show>
    </Panel>
  );
}

function drawn(node: WhyNode): ExplainNode {
  const failed = node.result === "no" || node.result === "miss";
  return {
    id: node.id,
    result: node.result,
    pattern: node.id === "json" || node.id === "all" ? node.text : <PatternText source={node.text} bare />,
    ...(node.found === undefined ? {} : { value: node.found }),
    ...(failed
      ? {
          why: (
            <>
              <b class={`med ${node.result === "miss" ? "c-insuf" : "c-alarm"}`}>{node.result === "miss" ? T.missing : T.differs}</b>{" "}
              {node.reason}
            </>
          ),
        }
      : {}),
    ...(node.parts.length === 0 ? {} : { value: node.reason, children: node.parts.map(drawn) }),
  };
}
