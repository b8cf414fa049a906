/** PutEventSelectors and GetEventSelectors: basic or advanced, never both; putting one kind takes the other away. */
import { checkAdvancedSelectors, checkBasicSelectors } from "../../language/trail-selectors/check.ts";
import { ServiceError } from "../../model/errors.ts";
import type { EventSelector, Operations } from "../../model/generated/cloudtrail.ts";
import type { Context } from "../contract.ts";
import { changeableTrail, selectorsOf, type TrailDoc, trailDocs } from "./trail-documents.ts";
import { seenTrail } from "./trails.ts";

type Ops = Operations;

export function putEventSelectors(ctx: Context, input: Ops["PutEventSelectors"]["input"]): Ops["PutEventSelectors"]["output"] {
  const trail = changeableTrail(ctx, input.TrailName);
  const { EventSelectors: basic, AdvancedEventSelectors: advanced } = input;
  if ((basic === undefined) === (advanced === undefined))
    throw new ServiceError(
      "InvalidEventSelectorsException",
      basic === undefined
        ? "Specify EventSelectors or AdvancedEventSelectors."
        : "EventSelectors and AdvancedEventSelectors cannot be specified together.",
    );
  if (basic !== undefined) checkBasicSelectors(basic);
  if (advanced !== undefined) checkAdvancedSelectors(advanced);
  const selectors = basic === undefined ? { advanced: advanced ?? [] } : { basic: basic.map(whole) };
  const changed = { ...trail, selectors };
  trailDocs(ctx).put(trail.TrailARN, changed);
  return shown(changed);
}

export const getEventSelectors = (ctx: Context, input: Ops["GetEventSelectors"]["input"]): Ops["GetEventSelectors"]["output"] =>
  shown(seenTrail(ctx, input.TrailName));

/** With what AWS takes where nothing is said. */
const whole = (selector: EventSelector): EventSelector => ({
  ReadWriteType: selector.ReadWriteType ?? "All",
  IncludeManagementEvents: selector.IncludeManagementEvents ?? true,
  DataResources: selector.DataResources ?? [],
  ExcludeManagementEventSources: selector.ExcludeManagementEventSources ?? [],
});

function shown(trail: TrailDoc): Ops["GetEventSelectors"]["output"] {
  const selectors = trail.selectors ?? selectorsOf(trail);
  return "basic" in selectors
    ? { TrailARN: trail.TrailARN, EventSelectors: selectors.basic as readonly EventSelector[] }
    : {
        TrailARN: trail.TrailARN,
        AdvancedEventSelectors: selectors.advanced as NonNullable<Ops["GetEventSelectors"]["output"]["AdvancedEventSelectors"]>,
      };
}
