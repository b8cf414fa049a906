import { useNavigate } from "@solidjs/router";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { logGroupPath } from "../../app/paths.ts";
import { Button } from "../../ui/Button.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { bytesText, countText } from "../../ui/numbers.ts";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { stampText } from "../../ui/time.ts";
import type { LogGroup } from "./answers.ts";
import { CreateGroupDialog } from "./CreateGroupDialog.tsx";
import { DeleteGroupDialog } from "./DeleteGroupDialog.tsx";
import { ResourceDialog } from "./ResourceDialog.tsx";
import { RetentionSelect } from "./RetentionSelect.tsx";
import { useGroups } from "./reads.ts";
import { LOGS_TEXT as T } from "./strings.ts";

const byName = (a: LogGroup, b: LogGroup): number => (a.logGroupName < b.logGroupName ? -1 : a.logGroupName > b.logGroupName ? 1 : 0);

/** Two that never expire are equal. */
const by =
  (of: (group: LogGroup) => number) =>
  (a: LogGroup, b: LogGroup): number =>
    of(a) === of(b) ? 0 : of(a) - of(b);

/** A column of one number of a group, sorted by it. */
const numbered = (
  of: (group: LogGroup) => number,
  text: (value: number) => string,
  column: Omit<Column<LogGroup>, "sort" | "cell">,
): Column<LogGroup> => ({ ...column, sort: by(of), cell: (group) => text(of(group)) });

/** All log groups of the Region. */
export function GroupList(): JSX.Element {
  const navigate = useNavigate();
  const read = useGroups();
  const [text, setText] = createSignal("");
  const [isCreating, setCreating] = createSignal(false);
  const [deleting, setDeleting] = createSignal<string>();
  const [source, setSource] = createSignal<LogGroup>();
  const shown = createMemo(() =>
    (read.data() ?? []).filter((group) => group.logGroupName.toLowerCase().includes(text().trim().toLowerCase())),
  );
  const columns: readonly Column<LogGroup>[] = [
    {
      id: "name",
      head: T.group,
      min: 220,
      sort: byName,
      cell: (group) => (
        <a class="link mono log-name" href={`#${logGroupPath(group.logGroupName)}`}>
          {group.logGroupName}
        </a>
      ),
    },
    {
      id: "retention",
      head: T.retention,
      width: "11rem",
      spare: 1,
      sort: by((group) => group.retentionInDays ?? Number.POSITIVE_INFINITY),
      cell: (group) => <RetentionSelect group={group.logGroupName} days={group.retentionInDays} />,
    },
    numbered((group) => group.metricFilterCount, countText, { id: "filters", head: T.filters, num: true, width: "8rem", spare: 2 }),
    numbered((group) => group.storedBytes, bytesText, { id: "stored", head: T.stored, num: true, width: "8rem" }),
    numbered((group) => group.creationTime, stampText, { id: "created", head: T.created, mono: true, width: "12.5rem", spare: 3 }),
    {
      id: "actions",
      head: T.actions,
      width: "5.5rem",
      card: "end",
      cell: (group) => (
        <Menu
          label={`${T.actions}, ${group.logGroupName}`}
          look="btn ghost icon"
          align="end"
          button={<Glyph name="dots" />}
          items={[
            { id: "json", label: T.jsonAndLine, glyph: "terminal", run: () => setSource(group) },
            { id: "delete", label: T.deleteGroup, danger: true, glyph: "cross", run: () => setDeleting(group.logGroupName) },
          ]}
        />
      ),
    },
  ];
  return (
    <Page
      title={T.title}
      actions={
        <Button look="primary" glyph="plus" onClick={() => setCreating(true)}>
          {T.createGroup}
        </Button>
      }
    >
      <Panel label={T.title} class="grow logs-wide">
        <Show when={(read.data()?.length ?? 0) > 0}>
          <div class="pb logs-find">
            <div class="input grow">
              <Glyph name="search" size="s" />
              <input
                type="search"
                class="grow"
                aria-label={T.search}
                placeholder={T.search}
                value={text()}
                onInput={(event) => setText(event.currentTarget.value)}
              />
            </div>
          </div>
        </Show>
        <ReadState read={read} rows={6}>
          {() => (
            <Table
              label={T.title}
              columns={columns}
              rows={shown()}
              rowKey={(group) => group.logGroupName}
              onOpen={(group) => navigate(logGroupPath(group.logGroupName))}
              empty={
                <Show
                  when={text() === ""}
                  fallback={<Empty glyph="search" title={T.noneFits(text())} action={{ label: T.clear, run: () => setText("") }} />}
                >
                  <Empty glyph="logs" title={T.groupsEmpty} action={{ label: T.toHome, run: () => navigate("/") }}>
                    {T.groupsEmptyWhy}
                  </Empty>
                </Show>
              }
            />
          )}
        </ReadState>
      </Panel>
      <CreateGroupDialog open={isCreating()} onClose={() => setCreating(false)} onCreated={(name) => navigate(logGroupPath(name))} />
      <DeleteGroupDialog group={deleting()} onClose={() => setDeleting(undefined)} />
      <ResourceDialog group={source()} onClose={() => setSource(undefined)} />
    </Page>
  );
}
