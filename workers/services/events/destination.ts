/** What a target's ARN names, and the request that takes an event there. */
import type { Target } from "../../model/generated/events.ts";
import type { Context, Emission, Scope } from "../contract.ts";

export type Destination =
  | { readonly kind: "sqs" | "sns" | "lambda" | "logs"; readonly name: string }
  /** Buses may be in other accounts and Regions. */
  | { readonly kind: "bus"; readonly name: string; readonly scope: Scope }
  /** AWS delivers there; this playground does not. */
  | { readonly notBuilt: string };

const KINDS = { sqs: "", sns: "", lambda: "function:", logs: "log-group:", events: "event-bus/" } as const;

export function destinationOf({ account, region }: Scope, arn: string): Destination {
  const [, , service = "", itsRegion, itsAccount, ...rest] = arn.split(":");
  if (!Object.hasOwn(KINDS, service)) return { notBuilt: `Delivery to ${service}` };
  const prefix = KINDS[service as keyof typeof KINDS];
  const resource = rest.join(":");
  if (!resource.startsWith(prefix)) return { notBuilt: `Delivery to ${service} ${resource}` };
  if (service === "events" && itsRegion && itsAccount)
    return { kind: "bus", name: resource.slice(prefix.length), scope: { account: itsAccount, region: itsRegion } };
  if (itsRegion !== region || itsAccount !== account) return { notBuilt: "Delivery to another account or Region" };
  if (service === "sqs" && resource.endsWith(".fifo")) return { notBuilt: "Delivery to a FIFO queue" };
  const name = resource.slice(prefix.length);
  if (service === "logs") return { kind: "logs", name: name.replace(/:\*$/, "") };
  return { kind: service as "sqs" | "sns" | "lambda", name };
}

export interface Parcel {
  readonly target: Target;
  readonly body: string;
  readonly trace?: string | undefined;
}

const utf8 = new TextEncoder();

/** The request for a queue, a topic or a function; buses and log groups take more than one step (`deliver.ts`). */
export function requestFor(ctx: Context, kind: "sqs" | "sns" | "lambda", name: string, parcel: Parcel): Emission {
  const { target, body, trace } = parcel;
  switch (kind) {
    case "sqs":
      return {
        service: "sqs",
        operation: "SendMessage",
        input: {
          QueueUrl: `https://sqs.${ctx.region}.amazonaws.com/${ctx.account}/${name}`,
          MessageBody: body,
          ...(trace === undefined ? {} : { MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: trace } } }),
        },
      };
    case "sns":
      return { service: "sns", operation: "Publish", input: { TopicArn: target.Arn, Message: body } };
    case "lambda":
      return {
        service: "lambda",
        operation: "Invoke",
        columns: { FunctionName: target.Arn, InvocationType: "Event", Payload: utf8.encode(body), trace },
      };
  }
}
