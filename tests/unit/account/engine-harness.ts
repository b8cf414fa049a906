/** Whole accounts over memory storage with the reference kernels, for tests of the account itself. */
import type { Account } from "../../../workers/account/account.ts";
import type { ApiReply, ApiRequest, Scenario } from "../../../workers/account/contract.ts";
import { createEngine, type EngineOptions } from "../../../workers/engine.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";

export const START = Date.UTC(2026, 2, 12, 9, 0, 0);
export const MINUTE = 60_000;

export const scenario = (seed = "test"): Scenario => ({ format: 1, title: "Test", seed, start: START });

export async function openTestAccount(options: Partial<EngineOptions> = {}): Promise<Account> {
  return await createEngine({ scenario: scenario(), storage: createMemoryStorage({ id: "test" }), kernels: referenceKernels, ...options });
}

type Calls = Pick<ApiRequest, "service" | "operation" | "input"> & Partial<ApiRequest>;

/** A person's call through a form. */
export function person(
  account: Account,
  service: string,
  operation: string,
  input: object = {},
  more: Partial<Calls> = {},
): Promise<ApiReply> {
  return account.call({
    service,
    operation,
    input: input as Record<string, unknown>,
    region: "us-east-1",
    caller: { kind: "person", principal: "developer" },
    via: "form",
    ...more,
  });
}

/** A panel's read. */
export function screen(
  account: Account,
  service: string,
  operation: string,
  input: object = {},
  more: Partial<Calls> = {},
): Promise<ApiReply> {
  return account.call({
    service,
    operation,
    input: input as Record<string, unknown>,
    region: "us-east-1",
    caller: { kind: "screen", principal: "developer" },
    via: "panel",
    ...more,
  });
}

export async function failure(call: Promise<unknown>): Promise<Error & { code?: string; kind?: string }> {
  try {
    await call;
  } catch (thrown) {
    return thrown as Error;
  }
  throw new Error("the call was expected to fail");
}
