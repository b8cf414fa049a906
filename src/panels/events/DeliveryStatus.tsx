import type { JSX } from "solid-js";
import { Badge, type BadgeProps } from "../../ui/Badge.tsx";
import type { DeliveryStatus } from "./answers.ts";
import { DELIVERIES as T } from "./delivery-strings.ts";

const LOOKS: Readonly<Record<DeliveryStatus, Pick<BadgeProps, "tone" | "glyph">>> = {
  delivered: { tone: "ok", glyph: "okc" },
  "under way": { tone: "info", glyph: "ring" },
  retrying: { tone: "warn", glyph: "replay" },
  "dead letter": { tone: "alarm", glyph: "archive" },
  dropped: { tone: "alarm", glyph: "cross" },
  "not sent": { tone: "insuf", glyph: "gap" },
};

/** What became of a delivery: shape, word and colour together. */
export function DeliveryBadge(props: { readonly status: DeliveryStatus }): JSX.Element {
  return (
    <Badge tone={LOOKS[props.status].tone} glyph={LOOKS[props.status].glyph}>
      {T.words[props.status]}
    </Badge>
  );
}
