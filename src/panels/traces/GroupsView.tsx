import { A } from "@solidjs/router";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { TRACES_PATH } from "../../app/paths.ts";
import { Button } from "../../ui/Button.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { KeyValue } from "../../ui/KeyValue.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import type { Group } from "./answers.ts";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { GroupDialog } from "./GroupDialog.tsx";
import { RequestLines } from "./RequestLines.tsx";
import { SAMPLING, GROUPS as T } from "./sampling-strings.ts";
import { useGroups, xrayRequest } from "./trace-reads.ts";

export const groupTracesPath = (name: string): string => `${TRACES_PATH}?filter=${encodeURIComponent(`group.name = "${name}"`)}`;

const COLUMNS: readonly Column<Group>[] = [
  { id: "name", head: T.name, min: 140, card: "main", cell: (group) => <b class="med">{group.GroupName}</b> },
  {
    id: "expression",
    head: T.expression,
    min: 240,
    label: "",
    cell: (group) =>
      group.FilterExpression === undefined ? (
        <span class="muted">{T.everything}</span>
      ) : (
        <span class="mono trunc">{group.FilterExpression}</span>
      ),
  },
  {
    id: "show",
    head: T.show,
    isHeadHidden: true,
    min: 130,
    card: "end",
    cell: (group) => (
      <A class="btn sm ghost" href={groupTracesPath(group.GroupName)}>
        <Glyph name="trace" size="s" />
        {T.show}
      </A>
    ),
  },
];

type Open = { readonly kind: "create" } | { readonly kind: "edit" | "delete"; readonly group: Group };

/** Filter expressions with a name. */
export function GroupsView(): JSX.Element {
  const groups = useGroups();
  const [chosen, setChosen] = createSignal<string>();
  const [open, setOpen] = createSignal<Open>();
  const group = createMemo(() => groups.list().find(({ GroupName }) => GroupName === chosen()) ?? groups.list()[0]);
  const of = (kind: "edit" | "delete"): Group | undefined => {
    const now = open();
    return now?.kind === kind ? now.group : undefined;
  };
  return (
    <Page
      title={T.title}
      scroll
      facts={<span class="muted trunc">{T.sub}</span>}
      actions={
        <Button look="primary" glyph="plus" onClick={() => setOpen({ kind: "create" })}>
          {T.create}
        </Button>
      }
    >
      <Panel label={T.list}>
        <ReadState read={groups.read} rows={3}>
          {() => (
            <Table
              label={T.list}
              columns={COLUMNS}
              rows={groups.list()}
              rowKey={({ GroupName }) => GroupName}
              selected={group()?.GroupName}
              onOpen={({ GroupName }) => setChosen(GroupName)}
              empty={
                <Empty
                  glyph="rule"
                  title={T.empty}
                  children={T.emptyWhy}
                  action={{ label: T.create, run: () => setOpen({ kind: "create" }) }}
                />
              }
            />
          )}
        </ReadState>
      </Panel>
      <Show when={group()}>
        {(one) => (
          <Details
            group={one()}
            onEdit={() => setOpen({ kind: "edit", group: one() })}
            onDelete={() => setOpen({ kind: "delete", group: one() })}
          />
        )}
      </Show>
      <Show when={open()?.kind === "create" || of("edit") !== undefined}>
        <GroupDialog before={of("edit")} onClose={() => setOpen(undefined)} />
      </Show>
      <Show when={of("delete")}>
        {(one) => (
          <DeleteDialog
            title={T.removeTitle(one().GroupName)}
            why={T.removeWhy}
            done={T.removed(one().GroupName)}
            request={xrayRequest("DeleteGroup", { GroupName: one().GroupName })}
            onClose={() => setOpen(undefined)}
          />
        )}
      </Show>
    </Page>
  );
}

function Details(props: { readonly group: Group; readonly onEdit: () => void; readonly onDelete: () => void }): JSX.Element {
  const [tab, setTab] = createSignal("details");
  const make = () =>
    xrayRequest("CreateGroup", {
      GroupName: props.group.GroupName,
      ...(props.group.FilterExpression === undefined ? {} : { FilterExpression: props.group.FilterExpression }),
    });
  return (
    <Panel
      title={props.group.GroupName}
      sub={T.definition}
      end={
        <>
          <Button small onClick={() => props.onEdit()}>
            {T.edit}
          </Button>
          <Button small look="danger" onClick={() => props.onDelete()}>
            {T.remove}
          </Button>
        </>
      }
    >
      <Tabs
        label={T.definition}
        selected={tab()}
        onSelect={setTab}
        items={[
          {
            id: "details",
            label: T.details,
            content: () => (
              <div class="pb">
                <KeyValue
                  wrap
                  items={[
                    { label: T.expression, value: props.group.FilterExpression ?? T.everything, mono: true },
                    { label: T.arn, value: props.group.GroupARN, mono: true, copy: props.group.GroupARN },
                  ]}
                />
              </div>
            ),
          },
          { id: "json", label: SAMPLING.jsonSource, content: () => <JsonView label={SAMPLING.jsonSource} value={props.group} /> },
          {
            id: "lines",
            label: SAMPLING.awsLine,
            content: () => (
              <div class="pb col">
                <RequestLines label={SAMPLING.lineRead} requests={[xrayRequest("GetGroup", { GroupName: props.group.GroupName })]} />
                <RequestLines label={SAMPLING.lineMake} requests={[make()]} />
              </div>
            ),
          },
        ]}
      />
    </Panel>
  );
}
