/** AWS CloudTrail: the event history, trails and their deliveries. Lake and Insights are not built yet. */
import type { Operations } from "../../model/generated/cloudtrail.ts";
import { type Context, operation, type Scope, type ServiceDefinition } from "../contract.ts";
import { handedTo } from "../passes.ts";
import { passToBus, TO_BUS } from "./bus.ts";
import { deliver } from "./delivery.ts";
import { getEventSelectors, putEventSelectors } from "./event-selectors.ts";
import { recordInHistory } from "./history.ts";
import { importedDocs } from "./imported.ts";
import { historyTable, trailTable, whyLogged, whyNotRecorded } from "./looks.ts";
import { lookupEvents } from "./lookup-events.ts";
import { DELIVER, takeForTrails, wantsData } from "./pending.ts";
import { trailArn } from "./trail-documents.ts";
import { getTrailStatus, startLogging, stopLogging } from "./trail-logging.ts";
import { addTags, listTags, removeTags } from "./trail-tags.ts";
import { createTrail, deleteTrail, describeTrails, getTrail, listTrails, updateTrail } from "./trails.ts";
import type { TrailRecord } from "./view.ts";

type Ops = Operations;

const named = (name: string | undefined, scope: Scope): readonly string[] =>
  name === undefined ? [] : [name.startsWith("arn:") ? name : trailArn(scope, name)];
const byName = (input: { readonly Name?: string }, scope: Scope): readonly string[] => named(input.Name, scope);
const byTrailName = (input: { readonly TrailName?: string }, scope: Scope): readonly string[] => named(input.TrailName, scope);

const write = { effect: "state", trail: "management-write" } as const;
const read = { effect: "none", trail: "management-read" } as const;

/** Every call's record goes to the event history and to the trails. */
function record(ctx: Context, taken: TrailRecord): void {
  recordInHistory(ctx, taken);
  takeForTrails(ctx, taken);
}

const ofLogsRole = (input: { readonly CloudWatchLogsRoleArn?: string }) =>
  handedTo("cloudtrail.amazonaws.com", input.CloudWatchLogsRoleArn);

export const cloudtrail: ServiceDefinition = {
  name: "cloudtrail",
  principal: "cloudtrail.amazonaws.com",
  eventSource: "cloudtrail.amazonaws.com",
  operations: {
    LookupEvents: operation<Ops["LookupEvents"]>({ ...read, action: "cloudtrail:LookupEvents", handle: lookupEvents }),
    CreateTrail: operation<Ops["CreateTrail"]>({
      ...write,
      action: "cloudtrail:CreateTrail",
      resources: byName,
      passes: ofLogsRole,
      handle: createTrail,
    }),
    UpdateTrail: operation<Ops["UpdateTrail"]>({
      ...write,
      action: "cloudtrail:UpdateTrail",
      resources: byName,
      passes: ofLogsRole,
      handle: updateTrail,
    }),
    DeleteTrail: operation<Ops["DeleteTrail"]>({ ...write, action: "cloudtrail:DeleteTrail", resources: byName, handle: deleteTrail }),
    GetTrail: operation<Ops["GetTrail"]>({ ...read, action: "cloudtrail:GetTrail", resources: byName, handle: getTrail }),
    DescribeTrails: operation<Ops["DescribeTrails"]>({ ...read, action: "cloudtrail:DescribeTrails", handle: describeTrails }),
    ListTrails: operation<Ops["ListTrails"]>({ ...read, action: "cloudtrail:ListTrails", handle: listTrails }),
    GetTrailStatus: operation<Ops["GetTrailStatus"]>({
      ...read,
      action: "cloudtrail:GetTrailStatus",
      resources: byName,
      handle: getTrailStatus,
    }),
    StartLogging: operation<Ops["StartLogging"]>({ ...write, action: "cloudtrail:StartLogging", resources: byName, handle: startLogging }),
    StopLogging: operation<Ops["StopLogging"]>({ ...write, action: "cloudtrail:StopLogging", resources: byName, handle: stopLogging }),
    PutEventSelectors: operation<Ops["PutEventSelectors"]>({
      ...write,
      action: "cloudtrail:PutEventSelectors",
      resources: byTrailName,
      handle: putEventSelectors,
    }),
    GetEventSelectors: operation<Ops["GetEventSelectors"]>({
      ...read,
      action: "cloudtrail:GetEventSelectors",
      resources: byTrailName,
      handle: getEventSelectors,
    }),
    AddTags: operation<Ops["AddTags"]>({
      ...write,
      action: "cloudtrail:AddTags",
      resources: (input) => [input.ResourceId],
      handle: addTags,
    }),
    RemoveTags: operation<Ops["RemoveTags"]>({
      ...write,
      action: "cloudtrail:RemoveTags",
      resources: (input) => [input.ResourceId],
      handle: removeTags,
    }),
    ListTags: operation<Ops["ListTags"]>({
      ...read,
      action: "cloudtrail:ListTags",
      resources: (input) => input.ResourceIdList,
      handle: listTags,
    }),
  },
  agenda: { [TO_BUS]: passToBus, [DELIVER]: deliver },
  readsAs: {
    history: { action: "cloudtrail:LookupEvents" },
    whyLogged: { action: "cloudtrail:GetEventSelectors" },
    trails: { action: "cloudtrail:DescribeTrails" },
  },
  looks: { history: historyTable, whyNotRecorded, whyLogged, trails: trailTable, imported: (ctx) => importedDocs(ctx).values() },
  record,
  wantsData,
};
