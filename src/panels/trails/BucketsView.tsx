import { A, useNavigate } from "@solidjs/router";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { bucketPath } from "../../app/paths.ts";
import { createCommand } from "../../client/command.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Empty, ErrorNote, ReadState } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { UI } from "../../ui/strings.ts";
import { type Column, Table } from "../../ui/Table.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { stampText } from "../../ui/time.ts";
import { showToast } from "../../ui/toasts.ts";
import { RequestLines } from "../events/RequestLines.tsx";
import { TRAILS as T } from "./strings.ts";
import { TrailsNav } from "./TrailsNav.tsx";
import { type Bucket, request, useBuckets, useRegion } from "./trail-reads.ts";

/** The account's buckets. */
export function BucketsView(): JSX.Element {
  const navigate = useNavigate();
  const buckets = useBuckets();
  const [isCreating, setCreating] = createSignal(false);
  const columns: readonly Column<Bucket>[] = [
    {
      id: "name",
      head: T.name,
      min: 200,
      card: "main",
      sort: (a, b) => (a.Name < b.Name ? -1 : 1),
      cell: (row) => (
        <A class="link med trunc" href={bucketPath(row.Name)}>
          {row.Name}
        </A>
      ),
    },
    {
      id: "made",
      head: T.bucketCreated,
      mono: true,
      width: "12.5rem",
      cell: (row) => (row.CreationDate === undefined ? T.none : stampText(row.CreationDate)),
    },
  ];
  return (
    <Page
      title={T.buckets}
      scroll
      bar={<TrailsNav here="buckets" />}
      actions={
        <Button look="primary" glyph="plus" onClick={() => setCreating(true)}>
          {T.createBucket}
        </Button>
      }
    >
      <Panel title={T.buckets} sub={countText(buckets.list().length)}>
        <ReadState read={buckets.read}>
          {() => (
            <Table
              label={T.buckets}
              columns={columns}
              rows={buckets.list()}
              rowKey={(row) => row.Name}
              onOpen={(row) => navigate(bucketPath(row.Name))}
              empty={
                <Empty glyph="store" title={T.noBuckets} action={{ label: T.create, run: () => navigate("/trails/new") }}>
                  {T.noBucketsWhy}
                </Empty>
              }
            />
          )}
        </ReadState>
      </Panel>
      <Show when={isCreating()}>
        <CreateBucket onClose={() => setCreating(false)} />
      </Show>
    </Page>
  );
}

function CreateBucket(props: { readonly onClose: () => void }): JSX.Element {
  const navigate = useNavigate();
  const region = useRegion();
  const command = createCommand({ quiet: true });
  const [name, setName] = createSignal("");
  const asked = createMemo(() =>
    request("s3", "CreateBucket", {
      Bucket: name(),
      ...(region() === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region() } }),
    }),
  );
  const create = async (): Promise<void> => {
    if ((await command.run(asked())) === undefined) return;
    showToast({ severity: "ok", text: T.bucketMade(name()) });
    props.onClose();
    navigate(bucketPath(name()));
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={T.createBucket}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{UI.cancel}</Button>
          <Button look="primary" pending={command.pending()} onClick={() => void create()}>
            {T.createBucket}
          </Button>
        </>
      }
    >
      <div class="col">
        <TextField
          label={T.newBucket}
          mono
          value={name()}
          onInput={(next) => {
            command.clear();
            setName(next);
          }}
          onEnter={() => void create()}
        />
        <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <Show when={name() !== ""}>
          <RequestLines requests={[asked()]} />
        </Show>
      </div>
    </Dialog>
  );
}
