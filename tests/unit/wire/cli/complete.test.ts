import { describe, expect, it } from "vitest";
import { completeLine } from "../../../../workers/wire/cli/complete.ts";
import { models } from "./models.ts";

const names: Readonly<Record<string, readonly string[]>> = {
  logGroup: ["/app/api", "/app/web"],
  alarm: ["high cpu", "low"],
  topicArn: ["arn:aws:sns:us-east-1:1:ops"],
};

async function at(text: string): Promise<{ texts: string[]; from: number; to: number; needed: readonly string[] }> {
  const cursor = text.indexOf("|") < 0 ? text.length : text.indexOf("|");
  const found = await completeLine(models, text.replace("|", ""), cursor, { resources: async (kind) => names[kind] ?? [] });
  return { texts: found.options.map((option) => option.text), from: found.from, to: found.to, needed: found.needed ?? [] };
}

describe("completion", () => {
  it.each([
    ["a", ["aws"]],
    ["aws ev", ["events"]],
    ["aws logs describe-log", ["describe-log-groups", "describe-log-streams"]],
    ["aws logs ta", ["tag-log-group", "tag-resource", "tail"]],
    ["aws cloudwatch put-metric-alarm --treat", ["--treat-missing-data"]],
    ["aws cloudwatch set-alarm-state --state-value ", ["OK", "ALARM", "INSUFFICIENT_DATA"]],
    ["aws cloudwatch set-alarm-state --state-value A", ["ALARM"]],
    ["aws logs describe-log-streams --log-group-name /app/w", ["/app/web"]],
    ["aws cloudwatch describe-alarms --alarm-names ", ["'high cpu'", "low"]],
    ["aws --output ", ["json", "text", "table"]],
    ["aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventN", ["AttributeKey=EventName"]],
    ["aws cloudtrail lookup-events --lookup-attributes Att", ["AttributeKey=", "AttributeValue="]],
    ["aws sts get-caller-identity; aws s", ["sns", "sqs", "sts"]],
    ["ls ", []],
  ])("after %j offers", async (line, expected) => {
    const { texts } = await at(line);
    expect(texts.slice(0, expected.length)).toEqual(expected);
    if (!line.endsWith(" ") || expected.length === 0) expect(texts).toHaveLength(expected.length);
  });

  it("replaces the word the cursor stands in", async () => {
    expect(await at("aws clo|ud list-metrics")).toMatchObject({ from: 4, to: 9, texts: ["cloudtrail", "cloudwatch"] });
  });

  it("offers required options first, says what is still needed, and never one that is there", async () => {
    const found = await at("aws logs put-metric-filter --log-group-name x ");
    expect(found.needed).toEqual(["--filter-name", "--filter-pattern", "--metric-transformations"]);
    expect(found.texts.slice(0, 3)).toEqual(found.needed);
    expect(found.texts).not.toContain("--log-group-name");
  });

  it("offers what is built first and marks the rest, operations and services", async () => {
    const built = new Set(["DeleteAlarms", "PutMetricAlarm"]);
    const isBuilt = (service: string, operation: string): boolean => service === "cloudwatch" && built.has(operation);
    const optionsAt = async (line: string) => (await completeLine(models, line, line.length, { isBuilt })).options;
    const operations = await optionsAt("aws cloudwatch ");
    expect(operations.slice(0, 3).map((option) => option.text)).toEqual(["delete-alarms", "help", "put-metric-alarm"]);
    expect(operations.slice(0, 3).some((option) => option.notBuilt)).toBe(false);
    const others = operations.slice(3);
    expect(others.length).toBeGreaterThan(20);
    expect(others.every((option) => option.notBuilt)).toBe(true);
    expect(others.map((option) => option.text)).toEqual(others.map((option) => option.text).sort());
    const services = await optionsAt("aws ");
    expect(services.slice(0, 3)).toMatchObject([{ text: "cloudwatch" }, { text: "help" }, { text: "cloudtrail", notBuilt: true }]);
  });
});
