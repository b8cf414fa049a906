import { expect, it } from "vitest";
import { ENGINE } from "../../../workers/account/engine-version.ts";
import { createEngine } from "../../../workers/engine.ts";
import { loadWasm } from "../../../workers/kernels/load.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";
import { answers, GOLDEN, STORY, tell } from "./story.ts";

const RAISE =
  "A recorded outcome has changed: raise ENGINE in workers/account/engine-version.ts and write it and the new hash into GOLDEN (tests/unit/account/story.ts)";

it.each(["reference", "scalar", "simd"] as const)("tells the golden story to the golden hash with the %s kernels", async (flavour) => {
  const kernels = flavour === "reference" ? referenceKernels : await loadWasm(flavour);
  const account = await createEngine({ scenario: STORY, storage: createMemoryStorage({ id: "golden" }), kernels });
  await tell(account);
  const { hash, parts } = account.stateHash({ parts: true });
  expect({ engine: ENGINE, hash }, `${RAISE}. Parts: ${JSON.stringify(parts)}`).toEqual(GOLDEN);
});

it("tells a story in which every part of the account has something to say", async () => {
  const account = await createEngine({ scenario: STORY, storage: createMemoryStorage({ id: "golden" }), kernels: referenceKernels });
  await tell(account);
  const text = JSON.stringify(await answers(account));
  for (const word of [
    "from OK to ALARM",
    "someone@example.com",
    "CloudWatch Alarm State Change",
    "ERROR three",
    "PutMetricAlarm",
    "by hand",
    "AWSLogs/123456789012/CloudTrail",
    "REPORT RequestId",
    "payments",
    "rate(7 minutes)",
  ])
    expect(text).toContain(word);
  const parts = Object.keys(account.stateHash({ parts: true }).parts ?? {});
  expect(parts).toEqual(
    expect.arrayContaining([
      "account",
      "agenda",
      "audit records",
      "lambda",
      "objects",
      "traces",
      "xray",
      "cloudwatch",
      "events",
      "log events",
      "logs",
      "metrics",
      "sns",
      "sqs",
    ]),
  );
});
