import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { createCommand } from "../../client/command.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { hasMore } from "../../ui/failure-more.ts";
import { Glyph } from "../../ui/Glyph.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { Empty, ErrorNote, ReadState } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { stampText } from "../../ui/time.ts";
import { type LogStream, logsRequest } from "./answers.ts";
import { useStreams } from "./reads.ts";
import { LOGS_TEXT as T } from "./strings.ts";

const stamp = (moment: number | undefined): string => (moment === undefined ? T.none : stampText(moment));

/** The streams of a group; opening one searches in it. */
export function StreamsTab(props: { readonly group: string; readonly onOpen: (stream: string) => void }): JSX.Element {
  const read = useStreams(() => props.group);
  const [isCreating, setCreating] = createSignal(false);
  const [deleting, setDeleting] = createSignal<string>();
  const rows = createMemo(() => read.data() ?? []);
  const columns: readonly Column<LogStream>[] = [
    {
      id: "name",
      head: T.stream,
      min: 200,
      cell: (stream) => (
        <button
          type="button"
          class="link mono log-name tap"
          title={T.openStream(stream.logStreamName)}
          onClick={() => props.onOpen(stream.logStreamName)}
        >
          {stream.logStreamName}
        </button>
      ),
      sort: (a, b) => (a.logStreamName < b.logStreamName ? -1 : 1),
    },
    { id: "first", head: T.firstEvent, mono: true, width: "13rem", spare: 2, cell: (stream) => stamp(stream.firstEventTimestamp) },
    {
      id: "last",
      head: T.lastEvent,
      mono: true,
      width: "13rem",
      sort: (a, b) => (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0),
      cell: (stream) => stamp(stream.lastEventTimestamp),
    },
    { id: "ingested", head: T.lastIngestion, mono: true, width: "13rem", spare: 1, cell: (stream) => stamp(stream.lastIngestionTime) },
    {
      id: "actions",
      head: T.actions,
      width: "5.5rem",
      card: "end",
      cell: (stream) => (
        <Menu
          label={`${T.actions}, ${stream.logStreamName}`}
          look="btn ghost icon"
          align="end"
          button={<Glyph name="dots" />}
          items={[
            { id: "open", label: T.tabs.search, glyph: "search", run: () => props.onOpen(stream.logStreamName) },
            { id: "delete", label: T.deleteStream, glyph: "cross", danger: true, run: () => setDeleting(stream.logStreamName) },
          ]}
        />
      ),
    },
  ];
  return (
    <div class="logs-pad">
      <Panel
        title={T.tabs.streams}
        class="grow logs-wide"
        end={
          <Button small onClick={() => setCreating(true)}>
            {T.createStream}
          </Button>
        }
      >
        <ReadState read={read}>
          {() => (
            <Table
              label={T.tabs.streams}
              columns={columns}
              rows={rows()}
              rowKey={(stream) => stream.logStreamName}
              onOpen={(stream) => props.onOpen(stream.logStreamName)}
              empty={
                <Empty glyph="logs" title={T.streamsEmpty} action={{ label: T.createStream, run: () => setCreating(true) }}>
                  {T.streamsEmptyWhy}
                </Empty>
              }
            />
          )}
        </ReadState>
      </Panel>
      <Show when={isCreating()}>
        <CreateStream group={props.group} onClose={() => setCreating(false)} />
      </Show>
      <Show when={deleting()} keyed>
        {(stream) => <DeleteStream group={props.group} stream={stream} onClose={() => setDeleting(undefined)} />}
      </Show>
    </div>
  );
}

function CreateStream(props: { readonly group: string; readonly onClose: () => void }): JSX.Element {
  const [name, setName] = createSignal("");
  const command = createCommand({ quiet: true, done: () => T.streamCreated(name()) });
  const isDenied = (): boolean => hasMore(command.error());
  const create = async (): Promise<void> => {
    const done = await command.run(logsRequest("CreateLogStream", { logGroupName: props.group, logStreamName: name() }));
    if (done !== undefined) props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={T.createStream}
      actions={
        <>
          <Button look="primary" pending={command.pending()} onClick={() => void create()}>
            {T.create}
          </Button>
          <Button onClick={() => props.onClose()}>{T.cancel}</Button>
        </>
      }
    >
      <TextField
        label={T.streamName}
        mono
        value={name()}
        onInput={setName}
        onEnter={() => void create()}
        error={isDenied() ? undefined : command.error()?.message}
      />
      <Show when={isDenied() && command.error()}>{(denied) => <ErrorNote failure={denied()} />}</Show>
    </Dialog>
  );
}

function DeleteStream(props: { readonly group: string; readonly stream: string; readonly onClose: () => void }): JSX.Element {
  const command = createCommand({ quiet: true, done: T.streamDeleted(props.stream) });
  const remove = async (): Promise<void> => {
    const done = await command.run(logsRequest("DeleteLogStream", { logGroupName: props.group, logStreamName: props.stream }));
    if (done !== undefined) props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={T.deleteStreamTitle(props.stream)}
      actions={
        <>
          <Button look="danger" pending={command.pending()} onClick={() => void remove()}>
            {T.deleteStream}
          </Button>
          <Button onClick={() => props.onClose()}>{T.cancel}</Button>
        </>
      }
    >
      <p>{T.deleteStreamWhy}</p>
      <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
    </Dialog>
  );
}
