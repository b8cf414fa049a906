/**
 * The API model as the build writes it (`scripts/model.mjs` makes `generated/` from the public botocore models):
 * operations, shapes, limits, patterns, enums, required members and error shapes, without prose.
 */

export interface ServiceModel {
  /** AWS CLI name: `cloudwatch`, `logs`, `events` ... */
  readonly service: string;
  readonly metadata: ModelMetadata;
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

export interface ModelMetadata {
  readonly apiVersion: string;
  readonly endpointPrefix: string;
  readonly serviceId: string;
  /** `json`, `rest-json`, `query`, ... as botocore spells it. */
  readonly protocol: string;
  readonly protocols?: readonly string[];
  readonly jsonVersion?: string;
  readonly targetPrefix?: string;
  readonly xmlNamespace?: string;
  readonly signingName?: string;
  /** JSON protocol that also answers with the Query protocol's error codes (CloudWatch, SQS). */
  readonly awsQueryCompatible?: object;
}

export interface OperationModel {
  readonly name: string;
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  /** Name of the input shape; absent = no members. */
  readonly input?: string;
  readonly output?: string;
  readonly resultWrapper?: string;
  readonly errors?: readonly string[];
}

export interface MemberRef {
  readonly shape: string;
  readonly location?: "uri" | "querystring" | "header" | "headers" | "statusCode";
  readonly locationName?: string;
  /** Name in a form of the EC2 protocol, where it is not the location's. */
  readonly queryName?: string;
  readonly jsonvalue?: boolean;
  readonly box?: boolean;
}

export type Shape = StructureShape | ListShape | MapShape | StringShape | NumberShape | PlainShape;

export interface StructureShape {
  readonly type: "structure";
  readonly members: Readonly<Record<string, MemberRef>>;
  readonly required?: readonly string[];
  readonly union?: boolean;
  readonly document?: boolean;
  readonly eventstream?: boolean;
  readonly payload?: string;
  readonly exception?: boolean;
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number; readonly senderFault?: boolean };
}
export interface ListShape {
  readonly type: "list";
  readonly member: MemberRef;
  readonly min?: number;
  readonly max?: number;
  readonly flattened?: boolean;
}
export interface MapShape {
  readonly type: "map";
  readonly key: MemberRef;
  readonly value: MemberRef;
  readonly min?: number;
  readonly max?: number;
  readonly flattened?: boolean;
}
export interface StringShape {
  readonly type: "string";
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}
export interface NumberShape {
  readonly type: "integer" | "long" | "float" | "double";
  readonly min?: number;
  readonly max?: number;
  readonly box?: boolean;
}
export interface PlainShape {
  readonly type: "boolean" | "timestamp" | "blob";
  readonly min?: number;
  readonly max?: number;
  readonly timestampFormat?: string;
  readonly box?: boolean;
}
