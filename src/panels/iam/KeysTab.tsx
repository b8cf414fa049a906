import { createSignal, type JSX, Show } from "solid-js";
import type { PrincipalRow } from "../../../workers/api.ts";
import { createCommand } from "../../client/command.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { KeyValue } from "../../ui/KeyValue.tsx";
import { Callout, Empty } from "../../ui/notes.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { stampText } from "../../ui/time.ts";
import { iamRequest } from "./iam-reads.ts";
import { IAM as T } from "./strings.ts";

type Key = PrincipalRow["keys"][number];

/** Access keys of a user: make, switch off and on, delete. The secret is shown once. */
export function KeysTab(props: { readonly row: PrincipalRow }): JSX.Element {
  const command = createCommand();
  const [made, setMade] = createSignal<{ readonly id: string; readonly secret: string }>();
  const about = (AccessKeyId: string) => ({ UserName: props.row.name, AccessKeyId });
  const create = async (): Promise<void> => {
    const reply = await command.run(iamRequest("CreateAccessKey", { UserName: props.row.name }));
    const key = reply?.output["AccessKey"] as { readonly AccessKeyId: string; readonly SecretAccessKey: string } | undefined;
    if (key !== undefined) setMade({ id: key.AccessKeyId, secret: key.SecretAccessKey });
  };
  const turn = (key: Key): void =>
    void command.run(iamRequest("UpdateAccessKey", { ...about(key.AccessKeyId), Status: key.Status === "Active" ? "Inactive" : "Active" }));
  const columns: readonly Column<Key>[] = [
    { id: "id", head: T.keyId, mono: true, min: 190, card: "main", cell: (key) => key.AccessKeyId },
    {
      id: "status",
      head: T.status,
      width: "8rem",
      cell: (key) => (
        <Badge tone={key.Status === "Active" ? "ok" : "insuf"} glyph={key.Status === "Active" ? "okc" : "minus"}>
          {key.Status}
        </Badge>
      ),
    },
    { id: "made", head: T.created, mono: true, width: "12.5rem", spare: 1, cell: (key) => stampText(key.CreateDate) },
    {
      id: "do",
      head: T.actions,
      width: "14rem",
      label: "",
      cell: (key) => (
        <span class="row">
          <Button small onClick={() => turn(key)}>
            {key.Status === "Active" ? T.deactivate : T.activate}
          </Button>
          <Button small look="danger" onClick={() => void command.run(iamRequest("DeleteAccessKey", about(key.AccessKeyId)))}>
            {T.remove}
          </Button>
        </span>
      ),
    },
  ];
  return (
    <>
      <Table
        label={T.keys}
        columns={columns}
        rows={props.row.keys}
        rowKey={(key) => key.AccessKeyId}
        empty={
          <Empty glyph="key" title={T.noKeys}>
            {T.noKeysWhy}
          </Empty>
        }
      />
      <div class="pb col rule-t">
        <Show when={made()}>
          {(key) => (
            <Callout tone="warn">
              {T.secretOnce}
              <KeyValue
                wrap
                items={[
                  { label: T.keyId, value: key().id, mono: true, copy: key().id },
                  { label: T.secret, value: key().secret, mono: true, copy: key().secret },
                ]}
              />
            </Callout>
          )}
        </Show>
        <div class="row">
          <Button glyph="plus" pending={command.pending()} onClick={() => void create()}>
            {T.createKey}
          </Button>
        </div>
      </div>
    </>
  );
}
