import { type Accessor, createMemo } from "solid-js";
import { useClient } from "../../client/context.ts";
import { createLook, createRead } from "../../client/resource.ts";
import type { AccountFacts } from "./steps.ts";

/** What the account holds, kept fresh; empty lists until the first answers. */
export function useAccountFacts(): Accessor<AccountFacts> {
  const { pulse } = useClient();
  const region = (): string => pulse()?.region ?? "us-east-1";
  const groups = createRead(() => ({ service: "logs", operation: "DescribeLogGroups", input: { limit: 50 } }), { follow: "version" });
  const filters = createRead(() => ({ service: "logs", operation: "DescribeMetricFilters", input: { limit: 50 } }), { follow: "version" });
  const alarms = createRead(() => ({ service: "cloudwatch", operation: "DescribeAlarms", input: { MaxRecords: 100 } }));
  const metrics = createRead(() => ({ service: "cloudwatch", operation: "ListMetrics", input: {} }));
  const subscriptions = createRead(() => ({ service: "sns", operation: "ListSubscriptions", input: {} }), { follow: "version" });
  const inbox = createLook<{ readonly total: number; readonly mails: readonly { readonly kind: string }[] }>(
    () => ({ service: "sns", view: "inbox", region: region(), question: { limit: 20 } }),
    { follow: "version" },
  );

  type Answer = Readonly<Record<string, unknown>> | undefined;
  const list = <T>(answer: Answer, member: string): readonly T[] => (answer?.[member] as readonly T[] | undefined) ?? [];

  return createMemo((): AccountFacts => {
    const own = list<{ Namespace: string; MetricName: string }>(metrics.data()?.output, "Metrics").filter(
      (m) => !m.Namespace.startsWith("AWS/"),
    );
    return {
      groups: list(groups.data()?.output, "logGroups"),
      filters: list<{ filterName: string; logGroupName: string; metricTransformations: readonly { metricName: string }[] }>(
        filters.data()?.output,
        "metricFilters",
      ).map((f) => ({
        filterName: f.filterName,
        logGroupName: f.logGroupName,
        metricName: f.metricTransformations[0]?.metricName ?? "",
      })),
      metrics: own.length,
      alarms: list(alarms.data()?.output, "MetricAlarms"),
      subscriptions: list(subscriptions.data()?.output, "Subscriptions").length,
      mails: inbox.data()?.mails.filter((m) => m.kind === "notification").length ?? 0,
    };
  });
}
