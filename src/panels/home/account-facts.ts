import { type Accessor, createMemo } from "solid-js";
import { useClient } from "../../client/context.ts";
import { createLook, createRead } from "../../client/resource.ts";
import type { AccountFacts } from "./steps.ts";

interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
}

/** What the account holds, kept fresh; empty lists until the first answers. */
export function useAccountFacts(): Accessor<AccountFacts> {
  const { pulse } = useClient();
  const region = (): string => pulse()?.region ?? "us-east-1";
  const groups = createRead(() => ({ service: "logs", operation: "DescribeLogGroups", input: { limit: 50 } }), { follow: "version" });
  const filters = createRead(() => ({ service: "logs", operation: "DescribeMetricFilters", input: { limit: 50 } }), { follow: "version" });
  const alarms = createRead(() => ({ service: "cloudwatch", operation: "DescribeAlarms", input: { MaxRecords: 100 } }));
  const metrics = createRead(() => ({ service: "cloudwatch", operation: "ListMetrics", input: {} }));
  const subscriptions = createRead(() => ({ service: "sns", operation: "ListSubscriptions", input: {} }), {
    follow: "version",
    onceInUse: true,
  });
  const inbox = createLook<{ readonly total: number; readonly mails: readonly { readonly kind: string }[] }>(
    () => ({ service: "sns", view: "inbox", region: region(), question: { limit: 100 } }),
    { follow: "version", onceInUse: true },
  );

  const attached = createLook<readonly { readonly mapping: { readonly logGroupName: string } }[]>(
    () => ({ service: "world", view: "attached", region: region() }),
    { follow: "version", services: ["logs"] },
  );
  const replays = createLook<readonly { readonly logGroupName: string; readonly shipped: number; readonly rows: number }[]>(
    () => ({ service: "world", view: "replays", region: region() }),
    { follow: "version", services: ["logs"] },
  );

  type Answer = Readonly<Record<string, unknown>> | undefined;
  const list = <T>(answer: Answer, member: string): readonly T[] => (answer?.[member] as readonly T[] | undefined) ?? [];

  return createMemo((): AccountFacts => {
    const mails = inbox.data()?.mails ?? [];
    return {
      groups: list(groups.data()?.output, "logGroups"),
      filters: list<{
        filterName: string;
        logGroupName: string;
        metricTransformations: readonly { metricNamespace: string; metricName: string }[];
      }>(filters.data()?.output, "metricFilters").map((f) => ({
        filterName: f.filterName,
        logGroupName: f.logGroupName,
        namespace: f.metricTransformations[0]?.metricNamespace ?? "",
        metricName: f.metricTransformations[0]?.metricName ?? "",
      })),
      metrics: list<Metric>(metrics.data()?.output, "Metrics")
        .filter(({ Namespace }) => !Namespace.startsWith("AWS/"))
        .map(({ Namespace, MetricName, Dimensions = [] }) => ({
          namespace: Namespace,
          metricName: MetricName,
          dimensions: Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).join(","),
        })),
      alarms: list(alarms.data()?.output, "MetricAlarms"),
      ...subscribed(list<{ SubscriptionArn: string }>(subscriptions.data()?.output, "Subscriptions")),
      notifications: mails.filter((mail) => mail.kind === "notification").length,
      confirmations: mails.filter((mail) => mail.kind === "confirmation").length,
      attached: (attached.data() ?? []).map(({ mapping }) => mapping.logGroupName),
      shipping: (replays.data() ?? []).filter((one) => one.shipped < one.rows).map((one) => one.logGroupName),
    };
  });
}

/** A subscription that waits for its confirmation has this word in place of its ARN. */
function subscribed(all: readonly { readonly SubscriptionArn: string }[]): Pick<AccountFacts, "subscriptions" | "unconfirmed"> {
  const unconfirmed = all.filter((one) => one.SubscriptionArn === "PendingConfirmation").length;
  return { subscriptions: all.length - unconfirmed, unconfirmed };
}
