import { A, useNavigate } from "@solidjs/router";
import { For, type JSX, Show } from "solid-js";
import { arnName, arnPath, rulePath } from "../../app/paths.ts";
import { Glyph } from "../../ui/Glyph.tsx";
import { KeyValue } from "../../ui/KeyValue.tsx";
import { Empty, Skeleton } from "../../ui/notes.tsx";
import type { Rule, Target } from "./answers.ts";
import { RULES as T } from "./rule-strings.ts";
import { inputKind, kindOfArn, targetGlyph } from "./target-kinds.ts";

/** The targets of a rule: where they lead and what they are sent. */
export function TargetList(props: { readonly rule: Rule; readonly targets: readonly Target[] | undefined }): JSX.Element {
  const navigate = useNavigate();
  return (
    <Show when={props.targets} fallback={<Skeleton rows={2} />}>
      {(targets) => (
        <Show
          when={targets().length > 0}
          fallback={
            <Empty
              glyph="rule"
              title={T.noTarget}
              action={{ label: T.addTarget, run: () => navigate(rulePath(props.rule.EventBusName, props.rule.Name, "/edit")) }}
            >
              {T.noTargetWhy}
            </Empty>
          }
        >
          <ul class="events-targets">
            <For each={targets()}>{(target) => <OneTarget target={target} />}</For>
          </ul>
        </Show>
      )}
    </Show>
  );
}

function OneTarget(props: { readonly target: Target }): JSX.Element {
  const kind = kindOfArn(props.target.Arn);
  const { Input, InputPath, InputTransformer, RetryPolicy, DeadLetterConfig } = props.target;
  const sends = (): JSX.Element => {
    const how = inputKind(props.target);
    if (how === "constant") return <code>{Input}</code>;
    if (how === "path") return <code>{InputPath}</code>;
    if (how === "transformer") return <code>{InputTransformer?.InputTemplate}</code>;
    return T.wholeEvent;
  };
  return (
    <li class="pb col">
      <div class="row">
        <Glyph name={targetGlyph(kind)} />
        <Show when={arnPath(props.target.Arn)} fallback={<b class="med">{arnName(props.target.Arn)}</b>}>
          {(path) => (
            <A class="link med" href={path()}>
              {arnName(props.target.Arn)}
            </A>
          )}
        </Show>
        <span class="muted small">{T.targetKinds[kind]}</span>
      </div>
      <KeyValue
        wrap
        items={[
          { label: T.arn, value: props.target.Arn, mono: true, copy: props.target.Arn },
          { label: T.id, value: props.target.Id, mono: true },
          { label: T.goesTo, value: sends() },
          ...(RetryPolicy === undefined
            ? []
            : [{ label: T.retryHead, value: T.retryText(RetryPolicy.MaximumRetryAttempts, RetryPolicy.MaximumEventAgeInSeconds) }]),
          ...(DeadLetterConfig?.Arn === undefined ? [] : [{ label: T.deadLetter, value: arnName(DeadLetterConfig.Arn), mono: true }]),
        ]}
      />
    </li>
  );
}
