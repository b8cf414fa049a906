import { useNavigate, useSearchParams } from "@solidjs/router";
import { createEffect, createSignal, type JSX, on, Show } from "solid-js";
import { MissingFiles } from "../../app/MissingFilesCard.tsx";
import { useMissingFiles } from "../../app/missing-files.ts";
import { newFilterPath } from "../../app/paths.ts";
import { Chip } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { useUnder } from "../../ui/media.ts";
import { Empty, ErrorNote, Skeleton } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Page } from "../../ui/Page.tsx";
import { type TabItem, Tabs } from "../../ui/Tabs.tsx";
import { PHONE } from "../../ui/widths.ts";
import type { LogGroup } from "./answers.ts";
import { DeleteGroupDialog } from "./DeleteGroupDialog.tsx";
import { FiltersTab } from "./FiltersTab.tsx";
import { PutEventsDialog } from "./PutEventsDialog.tsx";
import { ReplayDialog, ShippingNow } from "./ReplayPart.tsx";
import { ResourceDialog } from "./ResourceDialog.tsx";
import { RetentionSelect } from "./RetentionSelect.tsx";
import { useAttached, useFilters, useGroup } from "./reads.ts";
import { SearchTab } from "./SearchTab.tsx";
import { StreamsTab } from "./StreamsTab.tsx";
import { createSearch } from "./search.ts";
import { LOGS_TEXT as T } from "./strings.ts";

/** One log group; says so when there is none of this name. */
export function GroupPage(props: { readonly group: string }): JSX.Element {
  const navigate = useNavigate();
  const read = useGroup(() => props.group);
  const missing = useMissingFiles();
  /** The group would be there if its file were. */
  const isLacking = (): boolean => missing().some((file) => file.groups.includes(props.group));
  return (
    <Show
      when={read.group()}
      fallback={
        <Page title={props.group}>
          <Show when={read.error()}>{(failure) => <ErrorNote failure={failure()} onRetry={read.again} />}</Show>
          <Show when={read.data() !== undefined} fallback={<Show when={read.error() === undefined}>{<Skeleton rows={6} />}</Show>}>
            <MissingFiles group={props.group} />
            <Show when={!isLacking()}>
              <Empty glyph="logs" title={T.notFound(props.group)} action={{ label: T.toList, run: () => navigate("/logs") }}>
                {T.notFoundWhy}
              </Empty>
            </Show>
          </Show>
        </Page>
      }
    >
      {(group) => <Group group={group()} />}
    </Show>
  );
}

type Dialogs = "put" | "delete" | "source" | "replay";

function Group(props: { readonly group: LogGroup }): JSX.Element {
  const navigate = useNavigate();
  const [query, setQuery] = useSearchParams();
  const name = props.group.logGroupName;
  const search = createSearch(() => name, typeof query["pattern"] === "string" ? query["pattern"] : "");
  const filters = useFilters(() => name);
  const attached = useAttached(() => name);
  const [tab, setTab] = createSignal(typeof query["tab"] === "string" ? query["tab"] : "search");
  const [open, setOpen] = createSignal<Dialogs>();
  const isPhone = useUnder(PHONE);
  const toFilter = (): void => {
    navigate(`${newFilterPath(name)}${search.pattern() === "" ? "" : `?pattern=${encodeURIComponent(search.pattern())}`}`);
  };
  // A link to this group with another pattern or tab, while it is open.
  createEffect(
    on(
      [() => query["pattern"], () => query["tab"]],
      ([pattern, wanted]) => {
        if (typeof pattern === "string") search.setText(pattern);
        if (typeof wanted === "string") setTab(wanted);
        else if (typeof pattern === "string") setTab("search");
      },
      { defer: true },
    ),
  );
  // The palette's way to the dialog.
  createEffect(() => {
    if (typeof query["replay"] === "string") setOpen("replay");
  });
  const close = (): void => {
    setOpen(undefined);
    if (query["replay"] !== undefined) setQuery({ replay: undefined }, { replace: true });
  };
  const items: readonly TabItem[] = [
    {
      id: "streams",
      label: T.tabs.streams,
      get count() {
        return search.summary.data()?.streams;
      },
      content: () => (
        <StreamsTab
          group={name}
          onOpen={(stream) => {
            search.setStream(stream);
            search.setScope("whole");
            setTab("search");
          }}
        />
      ),
    },
    {
      id: "search",
      label: T.tabs.search,
      content: () => <SearchTab search={search} filters={filters.data() ?? []} onPut={() => setOpen("put")} />,
    },
    {
      id: "filters",
      label: T.tabs.filters,
      get count() {
        return filters.data()?.length;
      },
      content: () => <FiltersTab group={name} filters={filters} />,
    },
  ];
  return (
    <Page
      title={name}
      class="logs-body"
      facts={
        <>
          <RetentionSelect group={name} days={props.group.retentionInDays} chip />
          <Show when={search.summary.data()}>{(held) => <Chip>{T.events(countText(held().events), held().events)}</Chip>}</Show>
        </>
      }
      actions={
        <>
          <Show when={!isPhone()}>
            <Button onClick={() => setOpen("put")}>{T.putEvents}</Button>
            <Button onClick={toFilter}>{T.createFilter}</Button>
          </Show>
          <Menu
            label={T.actions}
            align="end"
            button={
              <>
                {T.actions}
                <Glyph name="down" size="s" />
              </>
            }
            items={[
              ...(isPhone()
                ? [
                    { id: "put", label: T.putEvents, run: () => setOpen("put") },
                    { id: "filter", label: T.createFilter, run: toFilter },
                  ]
                : []),
              ...((attached.files()?.length ?? 0) > 0
                ? [{ id: "replay", label: T.replayItem, glyph: "replay" as const, run: () => setOpen("replay") }]
                : []),
              { id: "source", label: T.jsonAndLine, glyph: "terminal", run: () => setOpen("source") },
              { id: "delete", label: T.deleteGroup, glyph: "cross", danger: true, run: () => setOpen("delete") },
            ]}
          />
        </>
      }
    >
      <MissingFiles group={name} />
      <Show when={tab() !== "filters"}>
        <ShippingNow replays={attached.replays()} />
      </Show>
      <Tabs page label={T.tabs.label} items={items} selected={tab()} onSelect={setTab} class="logs-tabpanel" />
      <PutEventsDialog
        open={open() === "put"}
        group={name}
        onClose={close}
        onDone={() => {
          search.setFollowing(true);
        }}
      />
      <Show when={open() === "replay"}>
        <ReplayDialog group={name} {...(typeof query["replay"] === "string" ? { sha256: query["replay"] } : {})} onClose={close} />
      </Show>
      <DeleteGroupDialog group={open() === "delete" ? name : undefined} onClose={close} onDeleted={() => navigate("/logs")} />
      <ResourceDialog group={open() === "source" ? props.group : undefined} onClose={close} />
    </Page>
  );
}
