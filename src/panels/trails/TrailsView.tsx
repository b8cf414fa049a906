import { A, useNavigate } from "@solidjs/router";
import type { JSX } from "solid-js";
import { bucketPath, logGroupPath, trailPath } from "../../app/paths.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { stampText } from "../../ui/time.ts";
import { TRAILS as T } from "./strings.ts";
import { TrailsNav } from "./TrailsNav.tsx";
import { type TrailRow, useTrails } from "./trail-reads.ts";

/** `arn:aws:logs:..:log-group:NAME:*` to NAME. */
export const groupIn = (arn: string): string => arn.split(":").slice(6).join(":").replace(/:\*$/, "");

export function LoggingBadge(props: { readonly trail: TrailRow }): JSX.Element {
  return (
    <Badge tone={props.trail.isLogging ? "ok" : "insuf"} glyph={props.trail.isLogging ? "okc" : "pause"}>
      {props.trail.isLogging ? T.logging : T.stopped}
    </Badge>
  );
}

/** The account's trails, and how their deliveries go. */
export function TrailsView(): JSX.Element {
  const navigate = useNavigate();
  const trails = useTrails();
  const toNew = (): void => navigate("/trails/new");
  const columns: readonly Column<TrailRow>[] = [
    {
      id: "name",
      head: T.name,
      min: 150,
      card: "main",
      sort: (a, b) => (a.Name < b.Name ? -1 : 1),
      cell: (row) => (
        <A class="link med trunc" href={trailPath(row.Name)} title={row.TrailARN}>
          {row.Name}
        </A>
      ),
    },
    { id: "status", head: T.status, width: "8rem", card: "end", cell: (row) => <LoggingBadge trail={row} /> },
    {
      id: "bucket",
      head: T.bucket,
      min: 150,
      cell: (row) => (
        <A class="link trunc" href={bucketPath(row.S3BucketName)}>
          {row.S3BucketName}
        </A>
      ),
    },
    {
      id: "delivery",
      head: T.lastDelivery,
      mono: true,
      width: "12.5rem",
      cell: (row) =>
        row.status.deliveryError === undefined ? (
          row.status.deliveryTime === undefined ? (
            <span class="muted">{T.none}</span>
          ) : (
            stampText(row.status.deliveryTime)
          )
        ) : (
          <span class="c-alarm">{row.status.deliveryError}</span>
        ),
    },
    {
      id: "group",
      head: T.logGroup,
      min: 130,
      spare: 1,
      isBlank: (row) => row.CloudWatchLogsLogGroupArn === undefined,
      cell: (row) =>
        row.CloudWatchLogsLogGroupArn === undefined ? (
          <span class="muted">{T.none}</span>
        ) : (
          <A class="link trunc" href={logGroupPath(groupIn(row.CloudWatchLogsLogGroupArn))}>
            {groupIn(row.CloudWatchLogsLogGroupArn)}
          </A>
        ),
    },
    {
      id: "home",
      head: T.home,
      width: "9rem",
      spare: 2,
      cell: (row) => (row.IsMultiRegionTrail ? `${row.HomeRegion}, ${T.multiRegion.toLowerCase()}` : row.HomeRegion),
    },
  ];
  return (
    <Page
      title={T.title}
      scroll
      facts={<span class="muted">{T.sub}</span>}
      bar={<TrailsNav here="trails" />}
      actions={
        <Button look="primary" glyph="plus" onClick={toNew}>
          {T.create}
        </Button>
      }
    >
      <Panel title={T.title} sub={countText(trails.data()?.length ?? 0)}>
        <ReadState read={trails}>
          {(rows) => (
            <Table
              label={T.title}
              columns={columns}
              rows={rows()}
              rowKey={(row) => row.TrailARN}
              onOpen={(row) => navigate(trailPath(row.Name))}
              empty={
                <Empty glyph="store" title={T.empty} action={{ label: T.create, run: toNew }}>
                  {T.emptyWhy}
                </Empty>
              }
            />
          )}
        </ReadState>
      </Panel>
    </Page>
  );
}
