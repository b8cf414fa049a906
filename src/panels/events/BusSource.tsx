import { type JSX, Show } from "solid-js";
import { Dialog } from "../../ui/Dialog.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import type { Bus } from "./answers.ts";
import { permitRequest } from "./BusPolicyDialog.tsx";
import { eventsRequest } from "./event-reads.ts";
import { RequestLines } from "./RequestLines.tsx";
import { RULES as T } from "./rule-strings.ts";

/** A bus as the API describes it, and the lines that read and make it. */
export function BusSource(props: { readonly bus: Bus; readonly onClose: () => void }): JSX.Element {
  const { Name, Arn, Description, Policy, CreationTime } = props.bus;
  const made = [
    ...(Name === "default" ? [] : [eventsRequest("CreateEventBus", { Name, ...(Description === undefined ? {} : { Description }) })]),
    ...(Policy === undefined ? [] : [permitRequest(Name, Policy)]),
  ];
  return (
    <Dialog open wide onClose={props.onClose} title={Name}>
      <div class="col">
        <JsonView
          label={T.jsonSource}
          value={{ Name, Arn, Description, Policy, CreationTime: CreationTime && new Date(CreationTime).toISOString() }}
        />
        <Show when={Policy}>{(text) => <JsonView label={T.busPolicy} value={JSON.parse(text())} />}</Show>
        <RequestLines label={T.lineRead} requests={[eventsRequest("DescribeEventBus", { Name })]} />
        <Show when={made.length > 0}>
          <RequestLines label={T.lineMake} requests={made} />
        </Show>
      </div>
    </Dialog>
  );
}
