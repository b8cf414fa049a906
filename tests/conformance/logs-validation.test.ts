/** The shared validation cases of the Logs operations that are built, through the generic validator and the handlers. */
import { describe, expect, it } from "vitest";
import { coreModels } from "../../workers/model/core-models.ts";
import { ServiceError } from "../../workers/model/errors.ts";
import type { ServiceModel } from "../../workers/model/shapes.ts";
import { validateInput } from "../../workers/model/validate.ts";
import { logs } from "../../workers/services/logs/definition.ts";
import { createLogStore } from "../../workers/store/logs/log-store.ts";
import { type Harness, harness } from "../unit/services/harness.ts";
import { casesOf } from "./shared.ts";

interface Step {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}
interface Case extends Step {
  readonly id: string;
  readonly setup?: readonly Step[];
  readonly expectErrorCode: string | null;
  readonly codes?: readonly string[];
  readonly expectMessage?: string;
  readonly expectMessageContains?: string;
  readonly expectOutput?: Readonly<Record<string, unknown>>;
  readonly ignore?: readonly string[];
  readonly storedCount?: number;
  readonly now?: number;
}

const model: ServiceModel = coreModels().get("logs")!;

function expanded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(expanded);
  if (typeof value !== "object" || value === null) return value;
  const entry = value as Record<string, unknown>;
  if ("$repeat" in entry) return String(entry.$repeat).repeat(Number(entry.count));
  if ("$repeatItem" in entry) return Array.from({ length: Number(entry.count) }, () => expanded(entry.$repeatItem));
  return Object.fromEntries(Object.entries(entry).map(([name, inner]) => [name, expanded(inner)]));
}

function without(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, names));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !names.includes(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, without(inner, names)]));
}

const run = async (account: Harness, { operation, input }: Step): Promise<Record<string, unknown>> =>
  account.call(operation, validateInput(model, operation, expanded(input)));

describe("the Logs validation cases", () => {
  const cases = casesOf<Case>("logs-validation");
  it("are found", () => expect(cases.length).toBeGreaterThan(0));
  const isBuilt = ({ operation, setup = [] }: Case): boolean =>
    [operation, ...setup.map((step) => step.operation)].every((name) => name in logs.operations);
  for (const entry of cases.filter(isBuilt)) {
    it(`${entry.id} ${entry.operation}: ${entry.expectErrorCode ?? "succeeds"}`, async () => {
      const account = harness(logs, { now: entry.now ?? 1_700_000_000_000, logStore: createLogStore });
      for (const step of entry.setup ?? []) await run(account, step);
      const outcome = await run(account, entry).then(
        (output) => ({ output }),
        (error: unknown) => ({ error }),
      );
      if (entry.expectErrorCode !== null) {
        const error = "error" in outcome ? outcome.error : undefined;
        expect(error).toBeInstanceOf(ServiceError);
        const { code, message } = error as ServiceError;
        expect(entry.codes ?? [entry.expectErrorCode]).toContain(code);
        if (entry.expectMessage !== undefined) expect(message).toBe(entry.expectMessage);
        if (entry.expectMessageContains !== undefined) expect(message).toContain(entry.expectMessageContains);
        return;
      }
      if ("error" in outcome) throw outcome.error;
      const ignore = entry.ignore ?? [];
      if (entry.expectOutput !== undefined) {
        expect(without(outcome.output, ignore)).toMatchObject(without(entry.expectOutput, ignore) as object);
      }
      if (entry.storedCount !== undefined) {
        const { logGroupName, logStreamName } = entry.input;
        const { events } = await run(account, { operation: "GetLogEvents", input: { logGroupName, logStreamName, startFromHead: true } });
        expect(events).toHaveLength(entry.storedCount);
      }
    });
  }
});
