import { createMemo, createSignal, type JSX, Show } from "solid-js";
import type { UiRequest } from "../../../workers/api.ts";
import { createCommand } from "../../client/command.ts";
import { JsonInput } from "../../editors/json/JsonInput.tsx";
import { compacted, laidOut } from "../../editors/json/json-layout.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { showToast } from "../../ui/toasts.ts";
import { policyError, refusedAt } from "../iam/policy-error.ts";
import { failuresByMember } from "../logs/failures.ts";
import type { Bus } from "./answers.ts";
import { eventsRequest } from "./event-reads.ts";
import { RequestLines } from "./RequestLines.tsx";
import { RULES as T } from "./rule-strings.ts";

/** Characters that AWS takes. */
const LONGEST = 10_240;

const busMember = (name: string): { EventBusName?: string } => (name === "default" ? {} : { EventBusName: name });

/** PutPermission of the whole policy, without the blanks that AWS would count. */
export const permitRequest = (name: string, policy: string): UiRequest =>
  eventsRequest("PutPermission", { ...busMember(name), Policy: compacted(policy) ?? policy });

/** A statement to begin with: another account may put events here. */
const starter = (arn: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OtherAccount",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111122223333:root" },
        Action: "events:PutEvents",
        Resource: arn,
      },
    ],
  });

/** The policy of a bus as JSON; what EventBridge refuses of it stands below it. */
export function BusPolicyDialog(props: { readonly bus: Bus; readonly onClose: () => void }): JSX.Element {
  const { Name, Arn, Policy } = props.bus;
  const command = createCommand({ quiet: true });
  const first = Policy ?? starter(Arn);
  const [text, setText] = createSignal(laidOut(first) ?? first);
  const request = createMemo(() => permitRequest(Name, text()));
  const wrong = createMemo(() => policyError(text(), "resource"));
  const refused = createMemo(() => {
    const failure = command.error();
    if (failure === undefined || !failuresByMember(failure, ["Policy"] as const).has("Policy")) return undefined;
    // The reason stands in the message, too.
    const { hint: _, ...rest } = refusedAt(text(), failure);
    return rest;
  });
  const run = async (what: UiRequest, done: string): Promise<void> => {
    if ((await command.run(what)) === undefined) return;
    showToast({ severity: "ok", text: done });
    props.onClose();
  };
  return (
    <Dialog
      open
      wide
      onClose={props.onClose}
      title={T.busPolicyTitle(Name)}
      actions={
        <>
          <Show when={Policy !== undefined}>
            <Button
              look="danger"
              pending={command.pending()}
              onClick={() =>
                void run(eventsRequest("RemovePermission", { ...busMember(Name), RemoveAllPermissions: true }), T.busPolicyRemoved(Name))
              }
            >
              {T.busPolicyRemove}
            </Button>
          </Show>
          <Button onClick={() => props.onClose()}>{T.cancel}</Button>
          <Button look="primary" pending={command.pending()} onClick={() => void run(request(), T.busPolicySaved(Name))}>
            {T.busPolicySave}
          </Button>
        </>
      }
    >
      <div class="col">
        <p class="muted">{T.busPolicyWhy}</p>
        <JsonInput
          label={T.busPolicy}
          value={text()}
          most={LONGEST}
          error={refused() ?? wrong()}
          onInput={(next) => {
            command.clear();
            setText(next);
          }}
        />
        <Show when={refused() === undefined && command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <RequestLines requests={[request()]} />
      </div>
    </Dialog>
  );
}
