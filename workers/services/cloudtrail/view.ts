/** A record as the event history reads it: its members, and what it can be found by. */

export interface RecordView {
  readonly eventID?: string;
  readonly eventName?: string;
  readonly eventSource?: string;
  readonly eventTime?: string;
  readonly eventType?: string;
  readonly readOnly?: boolean;
  readonly managementEvent?: boolean;
  readonly eventCategory?: string;
  readonly awsRegion?: string;
  readonly errorCode?: string;
  readonly sourceIPAddress?: string;
  readonly requestID?: string;
  readonly userIdentity?: {
    readonly type?: string;
    readonly userName?: string;
    readonly accessKeyId?: string;
    readonly principalId?: string;
    readonly arn?: string;
    readonly invokedBy?: string;
    readonly sessionContext?: { readonly sessionIssuer?: { readonly userName?: string } };
  };
  readonly resources?: readonly { readonly ARN?: string; readonly ARNPrefix?: string; readonly type?: string }[];
}

export type TrailRecord = Readonly<Record<string, unknown>>;

/** Real records may lack members or have others in their place; what is read from them is looked at before it is used. */
export const viewOf = (record: TrailRecord): RecordView => record as RecordView;

/** `2024-09-22T12:00:00Z` to epoch ms (the only form records have). */
export function epochOf(text: string): number | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/.exec(text);
  if (found === null) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Names a record's caller is found by, the shown one first. */
export function userNames({ userIdentity }: RecordView): readonly string[] {
  const who = userIdentity ?? {};
  const names: string[] = [];
  if (who.type === "Root") names.push(who.userName ?? "root", "root");
  if (who.type === "IAMUser" && who.userName !== undefined) names.push(who.userName);
  if (who.type === "AssumedRole") {
    const { arn = "" } = who;
    const session =
      String(who.principalId ?? "").split(":")[1] ?? (arn.includes(":assumed-role/") ? arn.slice(arn.lastIndexOf("/") + 1) : undefined);
    if (session !== undefined) names.push(session);
    if (who.sessionContext?.sessionIssuer?.userName !== undefined) names.push(who.sessionContext.sessionIssuer.userName);
  }
  return names;
}

export const resourcesOf = (view: RecordView): NonNullable<RecordView["resources"]> =>
  Array.isArray(view.resources) ? view.resources.filter((each) => typeof each === "object" && each !== null) : [];

/** What an ARN is found by: itself, what it names, and what is behind each slash or colon of that. */
export function resourceNames(arn: string): readonly string[] {
  const name = arn.startsWith("arn:") ? arn.split(":").slice(5).join(":") : "";
  if (name === "") return [arn];
  const names = [arn, name];
  for (let i = 0; i < name.length - 1; i++) if (name[i] === "/" || name[i] === ":") names.push(name.slice(i + 1));
  return names;
}

/** Attributes of LookupEvents, and the values a record has of each: exact, case sensitive. */
export const ATTRIBUTES: Readonly<Record<string, (view: RecordView) => readonly (string | undefined)[]>> = {
  AccessKeyId: (view) => [view.userIdentity?.accessKeyId],
  EventId: (view) => [view.eventID],
  EventName: (view) => [view.eventName],
  EventSource: (view) => [view.eventSource],
  ReadOnly: (view) => [String(view.readOnly === true)],
  ResourceName: (view) => resourcesOf(view).flatMap(({ ARN, ARNPrefix }) => resourceNames(ARN ?? ARNPrefix ?? "")),
  ResourceType: (view) => resourcesOf(view).map(({ type }) => type),
  Username: userNames,
};

export const termOf = (attribute: string, value: string): string => `${attribute}=${value}`;

const ATTRIBUTE_LIST = Object.entries(ATTRIBUTES);

/** All terms of a record, for the store. */
export function termsOf(record: TrailRecord): readonly string[] {
  const view = viewOf(record);
  const terms: string[] = [];
  for (const [attribute, values] of ATTRIBUTE_LIST)
    for (const value of values(view)) if (typeof value === "string" && value !== "") terms.push(termOf(attribute, value));
  return terms;
}
