import { A, useNavigate } from "@solidjs/router";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { bucketPath, logGroupPath, principalPath } from "../../app/paths.ts";
import { createCommand } from "../../client/command.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { KeyValue } from "../../ui/KeyValue.tsx";
import { Empty, ErrorNote, ReadState } from "../../ui/notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { UI } from "../../ui/strings.ts";
import { type TabItem, Tabs } from "../../ui/Tabs.tsx";
import { stampText } from "../../ui/time.ts";
import { showToast } from "../../ui/toasts.ts";
import { RequestLines } from "../events/RequestLines.tsx";
import { ObjectsPart } from "./ObjectsPart.tsx";
import { SelectorsTab } from "./SelectorsTab.tsx";
import { TRAILS as T } from "./strings.ts";
import { TrailsNav } from "./TrailsNav.tsx";
import { groupIn, LoggingBadge } from "./TrailsView.tsx";
import { request, type TrailRow, useTrails } from "./trail-reads.ts";

/** A trail: how it goes, what it takes, its files; start, stop, delete. */
export function TrailPage(props: { readonly name: string }): JSX.Element {
  const navigate = useNavigate();
  const trails = useTrails();
  const [tab, setTab] = createSignal("overview");
  const [isDoomed, setDoomed] = createSignal(false);
  const trail = createMemo(() => trails.data()?.find((one) => one.Name === props.name || one.TrailARN === props.name));
  const turn = createCommand();
  const removal = createCommand({ quiet: true });
  const about = (operation: string) => request("cloudtrail", operation, { Name: props.name });
  const flip = async (isLogging: boolean): Promise<void> => {
    if ((await turn.run(about(isLogging ? "StopLogging" : "StartLogging"))) === undefined) return;
    showToast({ severity: "ok", text: isLogging ? T.halted(props.name) : T.started(props.name) });
  };
  const remove = async (): Promise<void> => {
    if ((await removal.run(about("DeleteTrail"))) === undefined) return;
    showToast({ severity: "ok", text: T.removed(props.name) });
    navigate("/trails");
  };
  const items = (shown: () => TrailRow): readonly TabItem[] => [
    { id: "overview", label: T.overview, content: () => <Overview trail={shown()} /> },
    { id: "selectors", label: T.selectors, content: () => <SelectorsTab trail={shown()} /> },
    {
      id: "files",
      label: T.files,
      content: () => (
        <ObjectsPart bucket={shown().S3BucketName} prefix={shown().S3KeyPrefix === undefined ? "" : `${shown().S3KeyPrefix}/`} />
      ),
    },
    { id: "json", label: T.json, content: () => <JsonView label={T.json} value={shown()} /> },
    {
      id: "line",
      label: T.line,
      content: () => (
        <div class="pb col">
          <RequestLines
            requests={[about("GetTrail"), about("GetTrailStatus"), request("cloudtrail", "GetEventSelectors", { TrailName: props.name })]}
          />
        </div>
      ),
    },
  ];
  return (
    <Page
      title={trail()?.Name ?? props.name}
      scroll
      bar={<TrailsNav here="trails" />}
      facts={<Show when={trail()}>{(shown) => <LoggingBadge trail={shown()} />}</Show>}
      actions={
        <Show when={trail()}>
          {(shown) => (
            <>
              <Button pending={turn.pending()} glyph={shown().isLogging ? "pause" : "play"} onClick={() => void flip(shown().isLogging)}>
                {shown().isLogging ? T.stopLogging : T.startLogging}
              </Button>
              <Button look="danger" onClick={() => setDoomed(true)}>
                {T.remove}
              </Button>
            </>
          )}
        </Show>
      }
    >
      <ReadState read={trails} rows={6}>
        {() => (
          <Show
            when={trail()}
            fallback={
              <Panel>
                <Empty glyph="store" title={T.notHere(props.name)} action={{ label: T.all, run: () => navigate("/trails") }}>
                  {T.notHereWhy}
                </Empty>
              </Panel>
            }
          >
            {(shown) => (
              <Panel label={props.name}>
                <Tabs label={props.name} items={items(shown)} selected={tab()} onSelect={setTab} />
              </Panel>
            )}
          </Show>
        )}
      </ReadState>
      <Dialog
        open={isDoomed()}
        onClose={() => setDoomed(false)}
        title={T.removeWhat(props.name)}
        actions={
          <>
            <Button onClick={() => setDoomed(false)}>{UI.cancel}</Button>
            <Button look="danger" pending={removal.pending()} onClick={() => void remove()}>
              {T.remove}
            </Button>
          </>
        }
      >
        <p>{T.removeWhy}</p>
        <Show when={removal.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
      </Dialog>
    </Page>
  );
}

function Overview(props: { readonly trail: TrailRow }): JSX.Element {
  const moment = (at: number | undefined): JSX.Element => (at === undefined ? T.none : stampText(at));
  const trouble = (text: string | undefined): JSX.Element => (
    <Show when={text} fallback={T.none}>
      {(code) => <span class="c-alarm">{code()}</span>}
    </Show>
  );
  const role = (): string | undefined => props.trail.CloudWatchLogsRoleArn?.split("/").at(-1);
  return (
    <div class="pb trails-facts">
      <KeyValue
        wrap
        items={[
          { label: T.status, value: <LoggingBadge trail={props.trail} /> },
          { label: T.since, value: moment(props.trail.startLoggingTime), mono: true },
          ...(props.trail.isLogging ? [] : [{ label: T.until, value: moment(props.trail.stopLoggingTime), mono: true }]),
          { label: T.lastDelivery, value: moment(props.trail.status.deliveryTime), mono: true },
          { label: T.lastAttempt, value: moment(props.trail.status.attemptTime), mono: true },
          { label: T.deliveryError, value: trouble(props.trail.status.deliveryError) },
        ]}
      />
      <KeyValue
        wrap
        items={[
          {
            label: T.bucket,
            value: (
              <A class="link trails-link" href={bucketPath(props.trail.S3BucketName)}>
                {props.trail.S3BucketName}
              </A>
            ),
          },
          { label: T.prefix, value: props.trail.S3KeyPrefix ?? T.none, mono: true },
          {
            label: T.home,
            value: props.trail.IsMultiRegionTrail ? `${props.trail.HomeRegion}, ${T.multiRegion.toLowerCase()}` : props.trail.HomeRegion,
          },
          {
            label: T.logGroup,
            value: (
              <Show when={props.trail.CloudWatchLogsLogGroupArn} fallback={T.none}>
                {(arn) => (
                  <A class="link trails-link" href={logGroupPath(groupIn(arn()))}>
                    {groupIn(arn())}
                  </A>
                )}
              </Show>
            ),
          },
          {
            label: T.role,
            value: (
              <Show when={role()} fallback={T.none}>
                {(name) => (
                  <A class="link trails-link" href={principalPath("role", name())}>
                    {name()}
                  </A>
                )}
              </Show>
            ),
          },
          { label: T.logsDelivery, value: moment(props.trail.status.logsTime), mono: true },
          { label: T.logsError, value: trouble(props.trail.status.logsError) },
        ]}
      />
      <p class="small t2 trails-wide">{T.everyFive}</p>
    </div>
  );
}
