import { useNavigate } from "@solidjs/router";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { principalPath } from "../../app/paths.ts";
import { createCommand } from "../../client/command.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { Select } from "../../ui/Select.tsx";
import { UI } from "../../ui/strings.ts";
import { TextField } from "../../ui/TextField.tsx";
import { showToast } from "../../ui/toasts.ts";
import { RequestLines } from "../events/RequestLines.tsx";
import { onPrincipal } from "./iam-reads.ts";
import { IAM as T, TRUSTED } from "./strings.ts";

const trustOf = (Service: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }] });

/** CreateUser or CreateRole. */
export function CreatePrincipalDialog(props: { readonly onClose: () => void }): JSX.Element {
  const navigate = useNavigate();
  const command = createCommand({ quiet: true });
  const [kind, setKind] = createSignal<"user" | "role">("user");
  const [name, setName] = createSignal("");
  const [service, setService] = createSignal<string>(TRUSTED[0]);
  const request = createMemo(() =>
    onPrincipal(
      { kind: kind(), name: name() },
      "CreatePrincipal",
      kind() === "role" ? { AssumeRolePolicyDocument: trustOf(service()) } : {},
    ),
  );
  const create = async (): Promise<void> => {
    if ((await command.run(request())) === undefined) return;
    showToast({ severity: "ok", text: T.createdName(name()) });
    props.onClose();
    navigate(principalPath(kind(), name()));
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={T.createPrincipal}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{UI.cancel}</Button>
          <Button look="primary" pending={command.pending()} onClick={() => void create()}>
            {T.create}
          </Button>
        </>
      }
    >
      <div class="col">
        <Segmented
          label={T.kind}
          value={kind()}
          options={[
            { value: "user", label: T.user },
            { value: "role", label: T.role },
          ]}
          onChange={setKind}
        />
        <TextField
          label={T.name}
          mono
          value={name()}
          onInput={(next) => {
            command.clear();
            setName(next);
          }}
          onEnter={() => void create()}
        />
        <Show when={kind() === "role"}>
          <Select
            label={T.service}
            hint={T.serviceHint}
            value={service()}
            options={TRUSTED.map((value) => ({ value: value as string, label: value }))}
            onChange={setService}
          />
        </Show>
        <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <Show when={name() !== ""}>
          <RequestLines requests={[request()]} />
        </Show>
      </div>
    </Dialog>
  );
}
