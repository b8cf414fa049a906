import { useNavigate } from "@solidjs/router";
import { createMemo, type JSX, Show } from "solid-js";
import type { PrincipalRow, UiRequest } from "../../../workers/api.ts";
import { createCommand } from "../../client/command.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { UI } from "../../ui/strings.ts";
import { showToast } from "../../ui/toasts.ts";
import { RequestLines } from "../events/RequestLines.tsx";
import { iamRequest, onPrincipal } from "./iam-reads.ts";
import { IAM as T } from "./strings.ts";

/** IAM deletes only who has nothing left: what is attached goes first, in AWS's own steps. */
export function DeletePrincipal(props: { readonly row: PrincipalRow; readonly onClose: () => void }): JSX.Element {
  const navigate = useNavigate();
  const command = createCommand({ quiet: true });
  const requests = createMemo((): readonly UiRequest[] => {
    const { policies, keys, name } = props.row;
    return [
      ...policies.map((policy) =>
        policy.type === "inline"
          ? onPrincipal(props.row, "DeletePrincipalPolicy", { PolicyName: policy.name })
          : onPrincipal(props.row, "DetachPrincipalPolicy", { PolicyArn: policy.arn }),
      ),
      ...keys.map(({ AccessKeyId }) => iamRequest("DeleteAccessKey", { UserName: name, AccessKeyId })),
      onPrincipal(props.row, "DeletePrincipal"),
    ];
  });
  const remove = async (): Promise<void> => {
    const { name } = props.row;
    for (const request of requests()) if ((await command.run(request)) === undefined) return;
    showToast({ severity: "ok", text: T.removed(name) });
    props.onClose();
    navigate("/iam");
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={T.removeWhat(props.row.name)}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{UI.cancel}</Button>
          <Button look="danger" pending={command.pending()} onClick={() => void remove()}>
            {T.remove}
          </Button>
        </>
      }
    >
      <div class="col">
        <p>{T.removeWhy}</p>
        <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <RequestLines requests={requests()} />
      </div>
    </Dialog>
  );
}
