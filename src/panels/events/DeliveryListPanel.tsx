import type { JSX } from "solid-js";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { plural } from "../../ui/numbers.ts";
import { Panel } from "../../ui/Panel.tsx";
import type { Delivery } from "./answers.ts";
import { DeliveryTable } from "./DeliveryTable.tsx";
import { DELIVERIES as T } from "./delivery-strings.ts";
import { useDeliveries } from "./event-reads.ts";

/** The newest deliveries of one rule. */
export function DeliveryListPanel(props: {
  readonly title: string;
  readonly question: { readonly bus: string; readonly rule: string };
  readonly limit: number;
  readonly onOpen: (delivery: Delivery) => void;
  readonly end: JSX.Element;
}): JSX.Element {
  const read = useDeliveries(() => ({ ...props.question, limit: props.limit }));
  return (
    <Panel title={props.title} sub={plural(read.data()?.total ?? 0, "delivery", "deliveries")} end={props.end}>
      <ReadState read={read}>
        {(view) => (
          <DeliveryTable
            isOneRule
            deliveries={view().deliveries}
            onOpen={props.onOpen}
            empty={
              <Empty glyph="queue" title={T.empty}>
                {T.emptyWhy}
              </Empty>
            }
          />
        )}
      </ReadState>
    </Panel>
  );
}
