import { A, useNavigate } from "@solidjs/router";
import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { principalPath } from "../../app/paths.ts";
import { createCommand } from "../../client/command.ts";
import { JsonText } from "../../editors/json/JsonText.tsx";
import { laidOut } from "../../editors/json/json-layout.ts";
import { Chip } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { ErrorNote, ReadState } from "../../ui/notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Select } from "../../ui/Select.tsx";
import { RequestLines } from "../events/RequestLines.tsx";
import { IamNav } from "./IamNav.tsx";
import { iamRequest, isOfAws, type ManagedPolicy, useIam } from "./iam-reads.ts";
import { PolicyDialog } from "./PolicyDialog.tsx";
import { PolicySummary } from "./PolicySummary.tsx";
import { IAM as T } from "./strings.ts";

interface Version {
  readonly VersionId: string;
  readonly IsDefaultVersion: boolean;
}

/** A managed policy: sentences, text, versions, who has it. AWS's own are read only. */
export function PolicyPage(props: { readonly arn: string }): JSX.Element {
  const navigate = useNavigate();
  const command = createCommand();
  const [picked, setPicked] = createSignal<string>();
  const [isEditing, setEditing] = createSignal(false);
  const about = { PolicyArn: props.arn };
  const read = useIam("GetPolicy", () => about);
  const policy = createMemo(() => read.data()?.output["Policy"] as ManagedPolicy | undefined);
  const versions = useIam("ListPolicyVersions", () => about);
  const list = createMemo(() => (versions.data()?.output["Versions"] as readonly Version[] | undefined) ?? []);
  const version = (): string | undefined => picked() ?? policy()?.DefaultVersionId;
  const text = useIam("GetPolicyVersion", () => {
    const VersionId = version();
    return VersionId === undefined ? undefined : { ...about, VersionId };
  });
  // IAM answers documents in the form of an address.
  const document = createMemo(() => {
    const given = (text.data()?.output["PolicyVersion"] as { readonly Document?: string } | undefined)?.Document;
    const plain = given === undefined ? undefined : decodeURIComponent(given);
    return plain === undefined || plain.includes("\n") ? plain : (laidOut(plain) ?? plain);
  });
  const entities = useIam("ListEntitiesForPolicy", () => about);
  const holders = createMemo(() => {
    const output = entities.data()?.output;
    const users = (output?.["PolicyUsers"] as readonly { readonly UserName: string }[] | undefined) ?? [];
    const roles = (output?.["PolicyRoles"] as readonly { readonly RoleName: string }[] | undefined) ?? [];
    return [
      ...users.map(({ UserName: name }) => ({ kind: "user" as const, name })),
      ...roles.map(({ RoleName: name }) => ({ kind: "role" as const, name })),
    ];
  });
  const name = (): string => policy()?.PolicyName ?? props.arn.split("/").at(-1) ?? props.arn;
  const locked = () => (isOfAws(props.arn) ? { disabled: true, reason: T.readOnlyWhy } : {});
  const remove = async (): Promise<void> => {
    if ((await command.run(iamRequest("DeletePolicy", about))) !== undefined) navigate("/iam/policies");
  };
  const makeDefault = (): void => void command.run(iamRequest("SetDefaultPolicyVersion", { ...about, VersionId: version() }));
  return (
    <Page
      title={name()}
      scroll
      bar={<IamNav here="policies" />}
      facts={
        <span class="row iam-arn">
          <Chip>{isOfAws(props.arn) ? T.types["aws-managed"] : T.types["user-managed"]}</Chip>
          <span class="mono muted trunc" title={props.arn}>
            {props.arn}
          </span>
          <CopyButton text={props.arn} label="ARN" inline />
        </span>
      }
      actions={
        <>
          <Button {...locked()} onClick={() => setEditing(true)}>
            {T.newVersion}
          </Button>
          <Button look="danger" {...locked()} onClick={() => void remove()}>
            {T.remove}
          </Button>
        </>
      }
      mainLabel={T.document}
      asideLabel={T.entities}
      aside={
        <Panel title={T.entities}>
          <div class="pb col">
            <Show when={entities.error()}>{(failure) => <ErrorNote failure={failure()} onRetry={entities.again} />}</Show>
            <ul class="col">
              <For each={holders()} fallback={<li class="t2">{T.noEntities}</li>}>
                {(one) => (
                  <li class="row">
                    <A class="link med iam-link" href={principalPath(one.kind, one.name)}>
                      {one.name}
                    </A>
                    <span class="t2">{T[one.kind]}</span>
                  </li>
                )}
              </For>
            </ul>
          </div>
        </Panel>
      }
    >
      <ReadState read={read} rows={8}>
        {() => (
          <Panel title={T.document} sub={policy()?.Description}>
            <div class="pb col iam-text">
              <Show when={list().length > 1}>
                <div class="row wrap">
                  <Select
                    label={T.version}
                    value={version() ?? ""}
                    options={list().map((one) => ({
                      value: one.VersionId,
                      label: one.IsDefaultVersion ? `${one.VersionId} (${T.isDefault})` : one.VersionId,
                    }))}
                    onChange={setPicked}
                  />
                  <Show when={version() !== policy()?.DefaultVersionId}>
                    <Button onClick={makeDefault}>{T.makeDefault}</Button>
                  </Show>
                </div>
              </Show>
              <Show when={text.error()}>{(failure) => <ErrorNote failure={failure()} onRetry={text.again} />}</Show>
              <Show when={document()}>
                {(shown) => (
                  <>
                    <PolicySummary document={shown()} kind="identity" />
                    <JsonText label={name()} text={shown()} />
                  </>
                )}
              </Show>
              <RequestLines requests={[iamRequest("GetPolicyVersion", { ...about, VersionId: version() ?? "v1" })]} />
            </div>
          </Panel>
        )}
      </ReadState>
      <Show when={isEditing()}>
        <PolicyDialog
          title={name()}
          name={name()}
          kind="identity"
          most={6144}
          document={document() ?? ""}
          request={(_name, text) => iamRequest("CreatePolicyVersion", { ...about, PolicyDocument: text, SetAsDefault: true })}
          onClose={() => {
            setPicked(undefined);
            setEditing(false);
          }}
        />
      </Show>
    </Page>
  );
}
