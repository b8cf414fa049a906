/** The door: what a call costs beside its handler (checks of the input, the caller's rights, ids, the audit record). */
import { createContext } from "../../workers/account/call-context.ts";
import type { ApiRequest } from "../../workers/account/contract.ts";
import { createCause, dispatch, readOnly } from "../../workers/account/door.ts";
import { createHouse, type House } from "../../workers/account/house.ts";
import { identify } from "../../workers/account/identity.ts";
import { referenceKernels } from "../../workers/kernels/reference.ts";
import { loadModels } from "../../workers/model/models.ts";
import { cloudtrail } from "../../workers/services/cloudtrail/definition.ts";
import { iam } from "../../workers/services/iam/definition.ts";
import { sqs } from "../../workers/services/sqs/definition.ts";
import { createMemoryStorage } from "../../workers/store/memory-storage.ts";
import { clocked, type Log, median, type Row } from "./rows.ts";

const REGION = "us-east-1";
const QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/backlog";
const CALLS = 200;
const ROUNDS = 21;
/** 5 us a call. */
const GOAL_MS = 1;

interface Case {
  readonly name: string;
  readonly kind: "person" | "screen";
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const CASES: readonly Case[] = [
  { name: "a panel's read (ListQueues)", kind: "screen", operation: "ListQueues", input: { MaxResults: 10 } },
  { name: "a data call (SendMessage)", kind: "person", operation: "SendMessage", input: { QueueUrl: QUEUE, MessageBody: "hello" } },
  {
    name: "a recorded call (SetQueueAttributes)",
    kind: "person",
    operation: "SetQueueAttributes",
    input: { QueueUrl: QUEUE, Attributes: { DelaySeconds: "1" } },
  },
];

async function openHouse(): Promise<House> {
  const house = createHouse({
    scenario: { format: 1, title: "Bench", seed: "bench", start: 1_767_225_600_000 },
    kernels: referenceKernels,
    models: await loadModels(),
    services: [sqs, iam, cloudtrail],
    chunks: createMemoryStorage({ id: "bench" }),
  });
  await dispatch(house, request({ kind: "person", operation: "CreateQueue", input: { QueueName: "backlog" } }), createCause("journal/0"));
  return house;
}

const request = ({ kind, operation, input }: Omit<Case, "name">): ApiRequest => ({
  service: "sqs",
  operation,
  input,
  region: REGION,
  caller: { kind, principal: "developer" },
  via: kind === "screen" ? "panel" : "form",
});

/** A house of its own for each side, so that both write into as much. */
export async function doorBench(only: string, log: Log): Promise<Row[]> {
  const rows: Row[] = [];
  for (const one of CASES) {
    const name = `the door's part of ${CALLS} calls: ${one.name}`;
    if (!name.includes(only)) continue;
    const [house, plain] = [await openHouse(), await openHouse()];
    let id = 1;
    const through = (): void => {
      for (let i = 0; i < CALLS; i++) {
        const reply = one.kind === "screen" ? readOnly(house, request(one)) : dispatch(house, request(one), createCause(`journal/${id++}`));
        if (reply instanceof Promise) throw new Error("bench: the door answered later");
      }
    };
    const handler = (): void => {
      const entry = sqs.operations[one.operation];
      if (entry === undefined) throw new Error(`bench: sqs has no ${one.operation}`);
      const identity = identify(plain, plain.account, one.kind, "developer", "sqs");
      for (let i = 0; i < CALLS; i++) {
        const cause = one.kind === "screen" ? {} : { cause: createCause(`journal/${id++}`) };
        const scope = { account: plain.account, region: REGION };
        entry.handle(
          createContext({ house: plain, service: sqs, scope, identity, callerKind: one.kind, requestId: "-", ...cause }),
          one.input,
        );
      }
    };
    const [all, alone]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      all.push(clocked(through));
      alone.push(clocked(handler));
    }
    const oursMs = median(all) - median(alone);
    const ratio = GOAL_MS / oursMs;
    rows.push({ group: "door", name, rival: "5 us a call", kind: "times", oursMs, rivalMs: GOAL_MS, ratio, goal: 1 });
    log(`${name}: ${oursMs.toFixed(2)} ms beside ${median(alone).toFixed(2)} ms of handlers`);
  }
  return rows;
}
