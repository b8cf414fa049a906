/** What a trail takes: basic or advanced event selectors (API reference: EventSelector, AdvancedEventSelector). */

export interface DataResource {
  readonly Type?: string;
  readonly Values?: readonly string[];
}

export interface BasicSelector {
  /** Default All; holds for management and data events. */
  readonly ReadWriteType?: string;
  /** Default true. */
  readonly IncludeManagementEvents?: boolean;
  readonly DataResources?: readonly DataResource[];
  readonly ExcludeManagementEventSources?: readonly string[];
}

export const OPERATORS = ["Equals", "NotEquals", "StartsWith", "NotStartsWith", "EndsWith", "NotEndsWith"] as const;
export type SelectorOperator = (typeof OPERATORS)[number];

export interface FieldSelector extends Readonly<Partial<Record<SelectorOperator, readonly string[]>>> {
  readonly Field: string;
}

export interface AdvancedSelector {
  readonly Name?: string;
  readonly FieldSelectors: readonly FieldSelector[];
}

/** Basic or advanced, never both. */
export type TrailSelectors = { readonly basic: readonly BasicSelector[] } | { readonly advanced: readonly AdvancedSelector[] };

/** As much of a CloudTrail record as selectors look at. */
export interface SelectableEvent {
  readonly eventCategory?: string;
  readonly eventSource?: string;
  readonly eventName?: string;
  readonly eventType?: string;
  readonly readOnly?: boolean;
  readonly errorCode?: string;
  readonly vpcEndpointId?: string;
  readonly sessionCredentialFromConsole?: string;
  readonly userIdentity?: { readonly arn?: string };
  readonly resources?: readonly { readonly type?: string; readonly ARN?: string; readonly ARNPrefix?: string }[];
}

export const ALL_VALUES: Readonly<Record<string, string>> = {
  "AWS::S3::Object": "arn:aws:s3",
  "AWS::Lambda::Function": "arn:aws:lambda",
  "AWS::DynamoDB::Table": "arn:aws:dynamodb",
};
