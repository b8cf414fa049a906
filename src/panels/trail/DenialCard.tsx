import { type JSX, lazy, Show, Suspense } from "solid-js";
import type { WhyDenied } from "../../../workers/api.ts";
import { useClient } from "../../client/context.ts";
import { createLook } from "../../client/resource.ts";
import { ErrorNote, Skeleton } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { secondText } from "../../ui/time.ts";
import type { HistoryRow } from "./history.ts";
import { TRAIL as T } from "./strings.ts";

const AccessExplained = lazy(async () => ({ default: (await import("../../access/AccessExplained.tsx")).AccessExplained }));

/** Codes in which services deny. */
const DENIED = /^(?:Client\.)?(?:AccessDenied|AuthorizationError|UnauthorizedOperation)/;

/** Of a call that a policy denied: why, down to the statement. */
export function DenialCard(props: { readonly row: HistoryRow }): JSX.Element {
  const { pulse } = useClient();
  const isDenied = (): boolean => DENIED.test(props.row.errorCode);
  const why = createLook<WhyDenied>(
    () =>
      isDenied()
        ? { service: "iam", view: "whyDenied", region: pulse()?.region ?? "us-east-1", question: { eventId: props.row.eventId } }
        : undefined,
    { follow: "question" },
  );
  const found = () => {
    const answer = why.stale() ? undefined : why.data();
    return answer?.found === true ? answer : undefined;
  };
  const lost = (): string | undefined => {
    const answer = why.data();
    return answer?.found === false ? answer.sentence : undefined;
  };
  return (
    <Show when={isDenied()}>
      <Panel title={T.whyDenied(props.row.eventName)} sub={secondText(props.row.eventTime)} class="denial">
        <div class="pb">
          <Show when={why.error()}>{(failure) => <ErrorNote failure={failure()} onRetry={why.again} />}</Show>
          <Show when={lost()}>{(sentence) => <p class="t2">{sentence()}</p>}</Show>
          <Show when={found()}>
            {(answer) => (
              <Suspense fallback={<Skeleton rows={6} />}>
                <AccessExplained tree={answer().tree} />
              </Suspense>
            )}
          </Show>
          <Show when={why.loading()}>
            <Skeleton rows={6} />
          </Show>
        </div>
      </Panel>
    </Show>
  );
}
