import { createMemo, type JSX, Show } from "solid-js";
import { SameMinute } from "../../app/SameMinute.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { KeyValue } from "../../ui/KeyValue.tsx";
import { bytesText } from "../../ui/numbers.ts";
import { dayText, milliText } from "../../ui/time.ts";
import type { LogLine } from "./log-lines.ts";
import { LOGS_TEXT as T } from "./strings.ts";

/** One event in full. */
export function LineDialog(props: {
  readonly group: string;
  readonly line: LogLine | undefined;
  readonly onClose: () => void;
}): JSX.Element {
  return (
    <Show when={props.line} keyed>
      {(line) => <Line {...props} line={line} />}
    </Show>
  );
}

function Line(props: { readonly group: string; readonly line: LogLine; readonly onClose: () => void }): JSX.Element {
  const json = createMemo(() => jsonOf(props.line.text()));
  const moment = (ms: number): string => `${dayText(ms)} ${milliText(ms)} UTC`;
  return (
    <Dialog open wide onClose={() => props.onClose()} title={moment(props.line.timestamp)}>
      <div class="col logs-detail">
        <KeyValue
          wrap
          items={[
            { label: T.detailTime, value: moment(props.line.timestamp), mono: true, copy: new Date(props.line.timestamp).toISOString() },
            { label: T.detailIngestion, value: moment(props.line.ingestion), mono: true },
            { label: T.stream, value: props.line.stream, mono: true, copy: props.line.stream },
            { label: T.group, value: props.group, mono: true },
            { label: T.detailBytes, value: bytesText(props.line.bytes.length) },
          ]}
        />
        <SameMinute at={props.line.timestamp} here="logs" />
        <div class="row">
          <h3 class="grow">{T.message}</h3>
          <CopyButton small text={props.line.text()} label={T.message} />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
        <pre class="well code wraps logs-message" tabIndex={0}>
          {props.line.text()}
        </pre>
        <Show when={json()}>
          {(value) => (
            <>
              <h3>{T.detailJson}</h3>
              <JsonView label={T.detailJson} value={value()} />
            </>
          )}
        </Show>
      </div>
    </Dialog>
  );
}

function jsonOf(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined; // text that only begins like JSON is shown as the text it is
  }
}
