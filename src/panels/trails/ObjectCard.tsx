import { createMemo, createResource, createSignal, type JSX, Show } from "solid-js";
import { createRead } from "../../client/resource.ts";
import { Button } from "../../ui/Button.tsx";
import { KeyValue } from "../../ui/KeyValue.tsx";
import { Callout, Empty, ErrorNote, Skeleton } from "../../ui/notes.tsx";
import { bytesText } from "../../ui/numbers.ts";
import { type TabItem, Tabs } from "../../ui/Tabs.tsx";
import { stampText } from "../../ui/time.ts";
import { RequestLines } from "../events/RequestLines.tsx";
import { openFile } from "./log-file.ts";
import { RecordsPart } from "./RecordsPart.tsx";
import { TRAILS as T } from "./strings.ts";
import { request } from "./trail-reads.ts";

/** Characters of a raw text that are drawn; the rest is for a download. */
const DRAWN = 200_000;

/** An object opened: its records, its text, its facts, and the file itself. */
export function ObjectCard(props: { readonly bucket: string; readonly name: string }): JSX.Element {
  const asked = (): { readonly Bucket: string; readonly Key: string } => ({ Bucket: props.bucket, Key: props.name });
  const read = createRead(() => ({ service: "s3", operation: "GetObject", input: asked() }), { follow: "question" });
  const body = createMemo(() => read.data()?.output["Body"] as Uint8Array | undefined);
  const [file] = createResource(body, openFile);
  const [tab, setTab] = createSignal("records");
  const save = (): void => {
    const bytes = body();
    if (bytes === undefined) return;
    const url = URL.createObjectURL(new Blob([bytes.slice()], { type: "application/octet-stream" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = props.name.split("/").at(-1) || "object";
    link.click();
    URL.revokeObjectURL(url);
  };
  const raw = (): string => file()?.text ?? "";
  const output = (): Readonly<Record<string, unknown>> => read.data()?.output ?? {};
  const items = (): readonly TabItem[] => [
    ...(file()?.records === undefined
      ? []
      : [
          {
            id: "records",
            label: T.records,
            count: file()?.records?.length,
            content: () => <RecordsPart records={file()?.records ?? []} />,
          },
        ]),
    {
      id: "raw",
      label: T.raw,
      content: () => (
        <div class="pb col">
          <Show when={file()?.trouble}>
            {(why) => (
              <Callout tone="alarm">
                {T.broken} {why()}
              </Callout>
            )}
          </Show>
          <Show when={file()?.text !== undefined} fallback={<Empty glyph="store" title={T.binary} />}>
            {/* biome-ignore lint/a11y/useSemanticElements: a pre stays a pre */}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
            <pre class="well code wraps trails-raw" role="region" aria-label={T.raw} tabIndex={0}>
              {raw().slice(0, DRAWN)}
            </pre>
          </Show>
        </div>
      ),
    },
    {
      id: "facts",
      label: T.facts,
      content: () => (
        <div class="pb col">
          <KeyValue
            wrap
            items={[
              { label: T.bucket, value: props.bucket, mono: true },
              { label: T.object, value: props.name, mono: true, copy: props.name },
              { label: T.size, value: `${bytesText(file()?.bytes ?? 0)}${file()?.wasGzip ? `, ${T.unpacked}` : ""}` },
              { label: T.modified, value: stampText(Number(output()["LastModified"] ?? 0)), mono: true },
              { label: "ETag", value: String(output()["ETag"] ?? T.none), mono: true },
              { label: "Content-Type", value: String(output()["ContentType"] ?? T.none), mono: true },
            ]}
          />
          <RequestLines requests={[request("s3", "GetObject", asked())]} />
        </div>
      ),
    },
  ];
  return (
    <section class="trails-object" aria-label={T.object}>
      <div class="pb row trails-object-head">
        <b class="mono med trunc grow" title={props.name}>
          {props.name.split("/").at(-1)}
        </b>
        <Button small disabled={body() === undefined} onClick={save}>
          {T.download}
        </Button>
      </div>
      <Show when={read.error()}>{(failure) => <ErrorNote failure={failure()} onRetry={read.again} />}</Show>
      <Show when={file()} fallback={<Show when={read.error() === undefined}>{<Skeleton rows={5} />}</Show>}>
        <Tabs label={T.object} items={items()} selected={tab()} onSelect={setTab} />
      </Show>
    </section>
  );
}
