import { HashRouter } from "@solidjs/router";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { setAccountInfo } from "../../../../src/app/account-info.ts";
import { boot } from "../../../../src/app/boot.ts";
import { ClientContext } from "../../../../src/client/context.ts";
import { HomePanel } from "../../../../src/panels/home/HomePanel.tsx";
import { SAMPLE_NAME, SAMPLE_SHA256 } from "../../../../src/scenarios/sample.ts";
import { encodeLink } from "../../../../src/share/link-codec.ts";
import type { AccountInfo, FileInspection, WorkerApi } from "../../../../workers/api.ts";
import { type Fake, fakeClient, INFO, NOON, type Reads } from "../../app/fake-client.ts";
import { expectAccessible, mount, until } from "../../ui/mount.tsx";

const LACKING = { sha256: "a".repeat(64), name: "access.log", bytes: 1_200_000 };
const lackingInfo: AccountInfo = { ...INFO, missingFiles: [LACKING, LACKING] };
const text = (host: ParentNode): string => (host.textContent ?? "").replace(/\s+/g, " ");
const button = (host: ParentNode, name: string): HTMLButtonElement => {
  const found = [...host.querySelectorAll<HTMLButtonElement>("button")].find((one) => one.textContent?.trim() === name);
  if (found === undefined) throw new Error(`no button ${name}`);
  return found;
};
const choose = (host: ParentNode, label: string, file: File): void => {
  const input = host.querySelector(`input[type=file][aria-label$="${label}"]`) as HTMLInputElement;
  const transfer = new DataTransfer();
  transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
};

const EMPTY: Reads = {
  "logs DescribeLogGroups": () => ({ logGroups: [] }),
  "logs DescribeMetricFilters": () => ({ metricFilters: [] }),
  "cloudwatch DescribeAlarms": () => ({ MetricAlarms: [] }),
  "cloudwatch DescribeAlarmHistory": () => ({ AlarmHistoryItems: [] }),
  "cloudwatch ListMetrics": () => ({ Metrics: [] }),
  "sns ListSubscriptions": () => ({ Subscriptions: [] }),
};
const FILTERED: Reads = {
  ...EMPTY,
  "logs DescribeLogGroups": () => ({ logGroups: [{ logGroupName: "/imported/access" }] }),
  "logs DescribeMetricFilters": () => ({
    metricFilters: [
      {
        filterName: "failed",
        logGroupName: "/imported/access",
        metricTransformations: [{ metricNamespace: "Shop", metricName: "Failed" }],
      },
    ],
  }),
  "cloudwatch DescribeAlarms": () => ({ MetricAlarms: [{ AlarmName: "failing", StateValue: "INSUFFICIENT_DATA", MetricName: "Failed" }] }),
  "sns ListSubscriptions": () => ({ Subscriptions: [{ SubscriptionArn: "PendingConfirmation" }] }),
};

async function open(reads: Reads, answers: Partial<WorkerApi> = {}, width = 1200): Promise<{ host: HTMLElement; fake: Fake }> {
  await page.viewport(width, 900);
  location.hash = "#/";
  const fake = fakeClient(reads, answers);
  const host = mount(
    () => (
      <ClientContext.Provider value={fake.client}>
        <HashRouter>
          {[
            { path: "/", component: HomePanel },
            { path: "*", component: () => <p>elsewhere</p> },
          ]}
        </HashRouter>
      </ClientContext.Provider>
    ),
    { width, height: 900 },
  );
  return { host, fake };
}

beforeEach(() => void setAccountInfo(INFO));
afterEach(() => {
  setAccountInfo(INFO);
  location.hash = "";
});

const attachedRecord = {
  id: 1,
  at: NOON,
  command: {
    type: "stage",
    region: "us-east-1",
    command: { kind: "attach", sha256: LACKING.sha256, mapping: { logGroupName: "/imported/access", logStreamName: "access.log" } },
  },
};

describe("a file that the account lacks", () => {
  it("has a place of its own that says what is missing until it is dropped there", async () => {
    setAccountInfo(lackingInfo);
    let supplied: string | undefined;
    const { host } = await open(EMPTY, {
      journal: async () => [attachedRecord],
      supply: async (_file, name) => {
        if (name !== "access.log") throw { kind: "input", code: "InputError", message: `${name} is not the file this account lacks.` };
        supplied = name;
        return { ...INFO, sameAsSender: true };
      },
    });
    await until(() => text(host).includes("Until it is here /imported/access has none of its lines"), "what does not work");
    // Attached twice, as history and as a replay: one card.
    expect([...host.querySelectorAll("h2")].filter((head) => head.textContent === "This account lacks access.log (1.2 MB)")).toHaveLength(
      1,
    );
    await expectAccessible(host);
    choose(host, "access.log", new File(["no"], "other.log"));
    await until(() => text(host).includes("other.log is not the file this account lacks."), "another file is refused in the card");
    choose(host, "access.log", new File(["yes"], "access.log"));
    await until(() => supplied === "access.log" && !text(host).includes("This account lacks"), "the card goes");
  });

  it("is supplied by the page itself when it is the sample that the page makes", async () => {
    const sample = { sha256: SAMPLE_SHA256, name: SAMPLE_NAME, bytes: 168_288 };
    const supplied: File[] = [];
    const fake = fakeClient(
      {},
      {
        boot: async () => ({ ...INFO, missingFiles: [sample, LACKING] }),
        supply: async (file) => {
          supplied.push(file as File);
          return { ...INFO, missingFiles: [LACKING] };
        },
      },
    );
    const at = `${await encodeLink("{}")}`;
    const info = await boot(fake.client.api, { hash: at } as Location);
    expect(supplied.map((file) => [file.name, file.size])).toEqual([[SAMPLE_NAME, sample.bytes]]);
    expect(info.missingFiles).toEqual([LACKING]);
    expect(fake.asked.find(([method]) => method === "boot")).toEqual(["boot", { kind: "scenario-file", text: "{}" }]);
  });

  it("travels with a scenario that names the sample, so that the account is built once", async () => {
    const fake = fakeClient({}, { boot: async () => INFO });
    const text = JSON.stringify({ files: [{ sha256: SAMPLE_SHA256 }] });
    await boot(fake.client.api, { hash: await encodeLink(text) } as Location);
    const request = fake.asked.find(([method]) => method === "boot")?.[1] as { readonly text: string; readonly files?: readonly File[] };
    expect([request.text, request.files?.map((file) => file.size)]).toEqual([text, [168_288]]);
  });

  it("still opens the account when the sample cannot be stored", async () => {
    const lacking = { ...INFO, missingFiles: [{ sha256: SAMPLE_SHA256, name: SAMPLE_NAME, bytes: 168_288 }] };
    const fake = fakeClient(
      {},
      {
        boot: async () => lacking,
        supply: async () => {
          throw { kind: "input", code: "InputError", message: "Storage is full." };
        },
      },
    );
    expect(await boot(fake.client.api, { hash: "" } as Location)).toEqual(lacking);
  });
});

const FOUND: FileInspection = {
  name: "till.log",
  bytes: 5000,
  sha256: "b".repeat(64),
  encoding: "utf-8",
  lines: 480,
  events: 480,
  timeFormat: "iso8601",
  timeFormats: [{ id: "iso8601", label: "ISO 8601", share: 1 }],
  first: NOON - 40 * 60_000,
  last: NOON,
  outOfOrder: 0,
  sample: [{ timestamp: NOON, message: "hello" }],
  warnings: [],
  suggested: { logGroupName: "/imported/till", logStreamName: "till.log", timeFormat: "iso8601", multiline: "timestamp" },
};

describe("the focus on Home", () => {
  it("goes to the file's heading, and back to the page's, when the doors go", async () => {
    const { host } = await open(EMPTY, { inspectFile: async () => FOUND });
    await until(() => text(host).includes("Open the sample"), "the doors");
    const sample = button(host, "Open the sample");
    sample.focus();
    sample.click();
    await until(() => document.activeElement?.matches("h2") ?? false, "the card's heading");
    expect(document.activeElement?.textContent).toContain(SAMPLE_NAME);
    await until(() => text(host).includes("First events"), "what the file holds");
    await expectAccessible(host);
    const cancel = button(host, "Cancel");
    cancel.focus();
    cancel.click();
    await until(() => document.activeElement?.matches("h1") ?? false, "the page's heading");
  });
});

describe("an account that another tab holds", () => {
  it("is taken over or copied by two buttons that stand apart", async () => {
    setAccountInfo({ ...INFO, openElsewhere: { id: "theirs", title: "Mine" } });
    const { host, fake } = await open(EMPTY);
    await until(() => text(host).includes("Take it over"), "the offer");
    const [take, copy] = [button(host, "Take it over"), button(host, "Open a copy")];
    for (const one of [take, copy]) expect(one.classList.contains("btn")).toBe(true);
    expect(copy.getBoundingClientRect().left - take.getBoundingClientRect().right).toBeGreaterThanOrEqual(6);
    await expectAccessible(host);
    copy.click();
    await until(() => fake.asked.some(([method]) => method === "boot"), "the copy");
    expect(fake.asked.find(([method]) => method === "boot")?.[1]).toEqual({ kind: "copy", id: "theirs" });
  });
});

describe("the chain of what watches a log", () => {
  for (const width of [1440, 1024, 390])
    it(`cuts no count at ${width}`, async () => {
      const { host } = await open(EMPTY, {}, width);
      await until(() => text(host).includes("0 subscriptions"), "the topic");
      for (const name of host.querySelectorAll<HTMLElement>(".chain-name")) {
        expect(name.scrollHeight).toBeLessThanOrEqual(name.clientHeight + 1);
        expect(name.scrollWidth).toBeLessThanOrEqual(name.clientWidth);
      }
    });
});

describe("a dropped file", () => {
  it("is imported or replayed by a button that says which, at paces shorter than its own", async () => {
    const requests: unknown[] = [];
    const { host } = await open(EMPTY, {
      inspectFile: async () => FOUND,
      attach: async (request) => {
        requests.push({ mode: request.mode, squeezeMinutes: request.squeezeMinutes });
        return INFO;
      },
    });
    choose(host, "Drop a log file", new File(["x"], "till.log"));
    await until(() => text(host).includes("First events"), "the preview");
    button(host, "Import");
    ([...host.querySelectorAll<HTMLElement>("[role=radio]")].find((one) => one.textContent === "Replay") as HTMLElement).click();
    const pace = (): HTMLSelectElement =>
      document.getElementById(
        [...host.querySelectorAll("label")].find((one) => one.textContent === "Pace")?.htmlFor ?? "",
      ) as HTMLSelectElement;
    await until(() => pace() !== null, "the paces");
    expect([...pace().options].map((option) => option.textContent)).toEqual([
      "As it was (40 min)",
      "Squeezed into 5 min",
      "Squeezed into 10 min",
      "Squeezed into 30 min",
    ]);
    pace().selectedIndex = 2;
    pace().dispatchEvent(new Event("change", { bubbles: true }));
    expect([...host.querySelectorAll("button")].some((one) => one.textContent?.trim() === "Import")).toBe(false);
    await expectAccessible(host);
    const buttons = [...host.querySelectorAll<HTMLButtonElement>("button.primary")];
    expect(buttons.map((one) => one.textContent?.trim())).toEqual(["Replay"]);
    buttons[0]?.click();
    await until(() => requests.length === 1, "the request");
    expect(requests[0]).toEqual({ mode: "replay", squeezeMinutes: 10 });
    await until(() => location.hash.startsWith("#/logs/"), "its log group");
  });

  it("of CloudTrail goes into the event history, or in as lines where that is wanted", async () => {
    const requests: unknown[] = [];
    const named = (name: string, records: number) => ({ name, records });
    const trail = { records: 3210, skipped: 1, warnings: ["Record 17 is broken."], first: NOON - 60_000, last: NOON };
    const regions = ["us-east-1", "eu-west-1", "sa-east-1", "us-west-2", "ap-south-1"].map((name) => named(name, 642));
    const { host } = await open(EMPTY, {
      inspectFile: async () => ({ ...FOUND, name: "trail.json.gz", trail: { ...trail, regions, accounts: [named("811596193553", 3210)] } }),
      attach: async (request) => {
        requests.push({ mode: request.mode, trail: request.trail });
        return INFO;
      },
    });
    choose(host, "Drop a log file", new File(["x"], "trail.json.gz"));
    await until(() => text(host).includes("This is a CloudTrail log file."), "what it is");
    expect(text(host)).toContain("Record 17 is broken.");
    expect(text(host)).toContain("us-west-2 (642), 1 more");
    expect(text(host)).not.toContain("First events");
    await expectAccessible(host);
    button(host, "Into the event history").click();
    await until(() => location.hash === "#/trail", "the event history");
    expect(requests).toEqual([{ mode: "history", trail: true }]);
  });

  it("of CloudTrail shows its lines when they are asked for", async () => {
    const trail = { records: 1, skipped: 0, warnings: [], regions: [], accounts: [] };
    const { host } = await open(EMPTY, { inspectFile: async () => ({ ...FOUND, trail }) });
    choose(host, "Drop a log file", new File(["x"], "trail.json"));
    await until(() => text(host).includes("This is a CloudTrail log file."), "what it is");
    button(host, "As lines of a log group instead").click();
    await until(() => text(host).includes("First events"), "the lines");
  });

  it("that cannot be read is refused in a sentence with a way on", async () => {
    const { host } = await open(EMPTY, {
      inspectFile: async () => {
        throw {
          kind: "input",
          code: "InputError",
          message: "empty.log is empty. Drop a text file with at least one line.",
          hint: "x",
          path: "y",
        };
      },
    });
    choose(host, "Drop a log file", new File([""], "empty.log"));
    await until(() => text(host).includes("empty.log is empty. Drop a text file with at least one line."), "the sentence");
    expect(text(host)).not.toContain("InputError");
    await expectAccessible(host);
    button(host, "Choose another file").click();
    await until(() => text(host).includes("Three ways in"), "the doors again");
  });
});

describe("the way to an alarm", () => {
  it("leads to what the metric waits for, then to the metric itself", async () => {
    const attached = [{ mapping: { logGroupName: "/imported/access" } }];
    const look: WorkerApi["look"] = async (question) =>
      question.view === "attached"
        ? attached
        : question.view === "inbox"
          ? { mails: [{ kind: "confirmation", time: NOON, to: "a", subject: "b" }] }
          : [];
    let metrics: readonly unknown[] = [];
    const { host, fake } = await open({ ...FILTERED, "cloudwatch ListMetrics": () => ({ Metrics: metrics }) }, { look });
    const link = (): HTMLAnchorElement =>
      [...host.querySelectorAll<HTMLAnchorElement>(".chain a")].find((one) => text(one).includes("Failed")) as HTMLAnchorElement;
    await until(() => text(host).includes("replay the file through it"), "what is missing");
    expect(link().getAttribute("href")).toBe("#/logs/%2Fimported%2Faccess?tab=filters");
    expect(text(link())).toContain("no datapoint yet");
    await until(() => text(host).includes("not confirmed yet"), "the subscription waits");
    await expectAccessible(host);
    metrics = [{ Namespace: "Shop", MetricName: "Failed", Dimensions: [{ Name: "Code", Value: "500" }] }];
    fake.setPulse((now) => now && { ...now, versions: { cloudwatch: 2 } });
    await until(() => text(link()).includes("has datapoints"), "the metric");
    expect(link().getAttribute("href")).toBe("#/metrics?namespace=Shop&metric=Failed&dimensions=Code%3D500");
  });

  it("keeps its badges inside their boxes, on a phone too", async () => {
    for (const width of [1440, 1024, 390]) {
      const { host } = await open(FILTERED, {}, width);
      await until(() => host.querySelector(".chain .badge") !== null, "the badge");
      const [badge, box] = [host.querySelector(".chain .badge"), host.querySelector(".chain-link:has(.badge)")].map((one) =>
        (one as HTMLElement).getBoundingClientRect(),
      );
      expect(badge !== undefined && box !== undefined && badge.right <= box.right && badge.left >= box.left).toBe(true);
      host.remove();
    }
  });
});
