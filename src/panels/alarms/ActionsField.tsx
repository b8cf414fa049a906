import { createSignal, Index, type JSX, Show } from "solid-js";
import { Combobox } from "../../ui/Combobox.tsx";
import { NewTopicDialog } from "./NewTopicDialog.tsx";
import { SubscriptionHint, type SubscriptionNote } from "./SubscriptionHint.tsx";
import { ALARMS_TEXT as T } from "./strings.ts";

export interface ActionsFieldProps {
  readonly label: string;
  readonly arns: readonly string[];
  readonly topics: readonly string[];
  readonly was?: string | undefined;
  readonly error?: string | undefined;
  /** What is to be said of a topic's subscriptions. */
  readonly noteOf: (arn: string) => SubscriptionNote | undefined;
  readonly onChange: (arns: readonly string[]) => void;
}

/** The ARNs that are told of one state: a row for each, another on demand, a new topic on the spot. */
export function ActionsField(props: ActionsFieldProps): JSX.Element {
  const [isMore, setMore] = createSignal(false);
  const [isNewTopic, setNewTopic] = createSignal(false);
  const rows = (): readonly string[] => (props.arns.length === 0 || isMore() ? [...props.arns, ""] : props.arns);
  const change = (at: number, arn: string): void => {
    if (at >= props.arns.length) setMore(false);
    const next = [...props.arns];
    if (at >= next.length) next.push(arn);
    else next[at] = arn;
    props.onChange(next.filter((one) => one !== ""));
  };
  return (
    <div class="actions-field">
      <Index each={rows()}>
        {(arn, at) => (
          <>
            <Combobox
              label={at === 0 ? props.label : `${props.label} (${at + 1})`}
              value={arn()}
              options={props.topics.map((topic) => ({ value: topic }))}
              onChange={(value) => change(at, value)}
              {...(props.arns.length === 0 ? { hint: T.nobody } : {})}
              mono
              class={at === 0 ? "" : "is-next"}
              {...(at === 0 && props.was !== undefined ? { was: props.was } : {})}
              {...(at === 0 && props.error !== undefined ? { error: props.error } : {})}
            />
            <SubscriptionHint note={props.noteOf(arn())} />
          </>
        )}
      </Index>
      <div class="row small actions-more">
        <button type="button" class="link tap" onClick={() => setNewTopic(true)}>
          {T.newTopic}
        </button>
        <Show when={props.arns.length > 0 && !isMore()}>
          <button type="button" class="link tap" onClick={() => setMore(true)}>
            {T.addTopic}
          </button>
        </Show>
      </div>
      <Show when={isNewTopic()}>
        <NewTopicDialog
          onClose={() => setNewTopic(false)}
          onCreated={(arn) => {
            if (!props.arns.includes(arn)) props.onChange([...props.arns, arn]);
            setMore(false);
          }}
        />
      </Show>
    </div>
  );
}
