import { Switch as Choose, createMemo, createResource, type JSX, Match, Show } from "solid-js";
import { useClient } from "../../client/context.ts";
import { createLook } from "../../client/resource.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { secondText } from "../../ui/time.ts";
import type { CauseView, Passed } from "./passed.ts";
import { EVENTS as T } from "./strings.ts";

type Kind<K extends CauseView["kind"]> = Extract<CauseView, { readonly kind: K }>;

/** Which command, or what of the account's own work, set the event off. */
export function EventWhy(props: { readonly event: Passed }): JSX.Element {
  const { api, pulse } = useClient();
  const read = createLook<CauseView | undefined | null>(
    () =>
      props.event.cause === undefined
        ? undefined
        : { service: "account", view: "cause", region: pulse()?.region ?? "us-east-1", question: { cause: props.event.cause } },
    { follow: "question" },
  );
  const of = <K extends CauseView["kind"]>(kind: K): Kind<K> | undefined => {
    const cause = read.data();
    return cause?.kind === kind ? (cause as Kind<K>) : undefined;
  };
  const request = createMemo(() => of("command")?.request);
  const [line] = createResource(request, (asked) => api.lineOf(asked));
  const isOwn = (): boolean => request()?.operation !== "PutEvents";
  return (
    <section class="pb col" aria-label={T.why}>
      <h3>{T.why}</h3>
      <Choose fallback={<Show when={props.event.cause === undefined || !read.loading()}>{<p class="muted">{T.unknownCause}</p>}</Show>}>
        <Match when={of("command")}>
          {(command) => (
            <>
              <p>
                {T.command(command().principal, T.doors[command().via] ?? command().via)}
                <Show when={isOwn()}> {T.itself(props.event.envelope.source, command().request.operation)}</Show>
              </p>
              <Show when={line.latest}>{(text) => <AwsLine line={text()} wrap />}</Show>
            </>
          )}
        </Match>
        <Match when={of("agenda")}>
          {(item) => (
            <p>
              {item().service === "cloudwatch" && item().what === "evaluate"
                ? T.evaluated(item().key, secondText(item().at))
                : T.agenda(item().service, item().what, item().key, secondText(item().at))}
            </p>
          )}
        </Match>
        <Match when={of("stage")}>{(stage) => <p>{T.stage(stage().what)}</p>}</Match>
      </Choose>
    </section>
  );
}
