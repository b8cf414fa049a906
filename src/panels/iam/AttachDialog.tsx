import { createMemo, createSignal, type JSX, Show } from "solid-js";
import type { PrincipalRow } from "../../../workers/api.ts";
import { createCommand } from "../../client/command.ts";
import { Button } from "../../ui/Button.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { UI } from "../../ui/strings.ts";
import { showToast } from "../../ui/toasts.ts";
import { RequestLines } from "../events/RequestLines.tsx";
import { onPrincipal, usePolicies } from "./iam-reads.ts";
import { IAM as T } from "./strings.ts";

/** Attaches a managed policy, or makes one the boundary. */
export function AttachDialog(props: {
  readonly row: PrincipalRow;
  readonly what: "policy" | "boundary";
  readonly onClose: () => void;
}): JSX.Element {
  const policies = usePolicies();
  const command = createCommand({ quiet: true });
  const [given, setGiven] = createSignal("");
  // By its name or its ARN.
  const arn = createMemo(() => policies.list().find((one) => one.PolicyName === given())?.Arn ?? given());
  const request = createMemo(() =>
    props.what === "policy"
      ? onPrincipal(props.row, "AttachPrincipalPolicy", { PolicyArn: arn() })
      : onPrincipal(props.row, "PutPrincipalPermissionsBoundary", { PermissionsBoundary: arn() }),
  );
  const title = (): string => (props.what === "policy" ? T.attachWhat(props.row.name) : T.setBoundary);
  const attach = async (): Promise<void> => {
    if ((await command.run(request())) === undefined) return;
    showToast({ severity: "ok", text: props.what === "policy" ? T.attached(given()) : T.boundarySet });
    props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={title()}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{UI.cancel}</Button>
          <Button look="primary" pending={command.pending()} onClick={() => void attach()}>
            {props.what === "policy" ? T.attach : T.setBoundary}
          </Button>
        </>
      }
    >
      <div class="col">
        <Show when={policies.read.error()}>{(failure) => <ErrorNote failure={failure()} onRetry={policies.read.again} />}</Show>
        <Combobox
          label={T.policy}
          mono
          value={given()}
          options={policies
            .list()
            .map((one) => ({ value: one.PolicyName, detail: one.Arn.startsWith("arn:aws:iam::aws:") ? T.aws : T.account }))}
          onChange={(next) => {
            command.clear();
            setGiven(next);
          }}
        />
        <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <Show when={given() !== ""}>
          <RequestLines requests={[request()]} />
        </Show>
      </div>
    </Dialog>
  );
}
