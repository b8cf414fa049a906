import { type JSX, Show } from "solid-js";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { type LogGroup, logsRequest } from "./answers.ts";
import { useLine } from "./reads.ts";
import { LOGS_TEXT as T } from "./strings.ts";

/** A log group as the API describes it, and the lines that read and make it. */
export function ResourceDialog(props: { readonly group: LogGroup | undefined; readonly onClose: () => void }): JSX.Element {
  return (
    <Show when={props.group} keyed>
      {(group) => <Resource group={group} onClose={props.onClose} />}
    </Show>
  );
}

function Resource(props: { readonly group: LogGroup; readonly onClose: () => void }): JSX.Element {
  const logGroupName = props.group.logGroupName;
  const read = useLine(() => logsRequest("DescribeLogGroups", { logGroupNamePrefix: logGroupName }));
  const make = useLine(() => logsRequest("CreateLogGroup", { logGroupName }));
  const keep = useLine(() => {
    const { retentionInDays } = props.group;
    return retentionInDays === undefined ? undefined : logsRequest("PutRetentionPolicy", { logGroupName, retentionInDays });
  });
  return (
    <Dialog open wide onClose={props.onClose} title={logGroupName}>
      <div class="col">
        <JsonView label={T.jsonSource} value={props.group} />
        <p class="small muted">{T.lineRead}</p>
        <Show when={read.data()}>{(line) => <AwsLine line={line()} wrap />}</Show>
        <p class="small muted">{T.lineMake}</p>
        <Show when={make.data()}>{(line) => <AwsLine line={line()} wrap />}</Show>
        <Show when={keep.data()}>{(line) => <AwsLine line={line()} wrap />}</Show>
      </div>
    </Dialog>
  );
}
