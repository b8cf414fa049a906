import { beforeAll, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { askWhy, whyAsked } from "../../../src/client/denied.ts";
import { createSession, historyGhost, searchHistory } from "../../../src/terminal/session.ts";
import { Terminal } from "../../../src/terminal/Terminal.tsx";
import type { Completion, TerminalResult } from "../../../workers/api.ts";
import { expectAccessible, mount, until } from "../ui/mount.tsx";

const OPERATIONS = ["describe-alarms", "describe-alarms-for-metric", "list-metrics"];

async function complete(line: string, cursor: number): Promise<Completion> {
  const from = Math.max(line.lastIndexOf(" ", cursor - 1) + 1, 0);
  const typed = line.slice(from, cursor);
  const options = OPERATIONS.filter((text) => text.startsWith(typed)).map((text) => ({
    text,
    kind: "operation" as const,
    detail: "read",
    ...(text === "describe-alarms-for-metric" ? { notBuilt: true as const } : {}),
  }));
  return { from, to: cursor, options, needed: line.includes("put-metric-alarm") ? ["--threshold"] : [] };
}

interface Mounted {
  readonly host: HTMLElement;
  readonly ran: string[];
  readonly type: (text: string) => Promise<void>;
  readonly text: () => string;
}

async function terminal(answer: (line: string) => TerminalResult): Promise<Mounted> {
  const ran: string[] = [];
  const session = createSession();
  const host = mount(
    () => (
      <Terminal
        session={session}
        run={async (line) => {
          ran.push(line);
          return answer(line);
        }}
        complete={complete}
      />
    ),
    { width: 900, height: 420 },
  );
  await until(() => host.querySelector(".cm-content") !== null, "the prompt");
  await until(() => host.querySelector(".cm-content") === document.activeElement, "the focus");
  const content = host.querySelector(".cm-content") as HTMLElement;
  return { host, ran, type: (text) => userEvent.type(content, text), text: () => content.innerText.replace(/\n$/, "") };
}

const ok = (stdout: string): TerminalResult => ({ stdout, stderr: "", exitCode: 0 });
const settled = (host: HTMLElement, count: number): Promise<void> =>
  until(() => host.querySelectorAll(".term-entry:not([aria-busy])").length === count, `${count} entries`);

// The editor is a chunk of its own; the dev server may take seconds to make it the first time.
beforeAll(async () => {
  await import("../../../src/terminal/prompt-editor.ts");
}, 60_000);

describe("the terminal", () => {
  it("runs a line on Enter and keeps line and output as text in a log", async () => {
    const { host, ran, type } = await terminal(() => ok('{\n    "a": 1\n}\n'));
    await type("aws sts get-caller-identity{Enter}");
    await settled(host, 1);
    expect(ran).toEqual(["aws sts get-caller-identity"]);
    const log = host.querySelector("[role=log]") as HTMLElement;
    expect(log.querySelector(".term-line")?.textContent).toBe("aws sts get-caller-identity");
    expect(log.querySelector(".term-out")?.textContent).toBe('{\n    "a": 1\n}\n');
    expect(host.querySelector(".term-error")).toBeNull();
  });

  it("marks an error by shape, word and exit code, with the hint", async () => {
    const { host, type } = await terminal(() => ({
      stdout: "",
      stderr: "\nAn error occurred (X) when calling the Y operation: z\nhint: do w\n",
      exitCode: 254,
    }));
    await type("aws x y{Enter}");
    await settled(host, 1);
    expect(host.querySelector(".term-error-head")?.textContent).toContain("Error, exit code 254");
    expect(host.querySelector(".term-error-head svg")).not.toBeNull();
    expect(host.querySelector(".term-hint")?.textContent).toBe("hint: do w\n");
  });

  it("offers why a policy denied a call, and nothing of the kind for another error", async () => {
    const tree = { decision: "implicitDeny", principal: "arn:aws:iam::123456789012:user/auditor", action: "sqs:CreateQueue", policies: [] };
    const { host, type } = await terminal((line) => ({
      stdout: "",
      stderr: "\nAn error occurred (AccessDenied) when calling the CreateQueue operation: no\n",
      exitCode: 254,
      ...(line.includes("create-queue")
        ? { denied: [{ kind: "service" as const, code: "AccessDenied", message: "no", because: tree }] }
        : {}),
    }));
    await type("aws sqs delete-queue{Enter}");
    await settled(host, 1);
    expect(host.querySelector(".term-why")).toBeNull();
    await type("aws sqs create-queue{Enter}");
    await settled(host, 2);
    const why = host.querySelector<HTMLElement>(".term-why");
    expect(why?.textContent).toBe("Why sqs:CreateQueue was denied");
    expect(whyAsked()).toBeUndefined();
    why?.click();
    expect(whyAsked()).toBe(tree as unknown);
    askWhy(undefined);
    await expectAccessible(host);
  });

  it("takes what is typed before its editor is there", async () => {
    const host = mount(() => <Terminal session={createSession()} run={async () => ok("")} complete={complete} />, {
      width: 900,
      height: 420,
    });
    const early = host.querySelector<HTMLInputElement>(".term-early") as HTMLInputElement;
    expect(document.activeElement).toBe(early);
    early.value = "aws sts get-caller-identity";
    await until(() => host.querySelector(".cm-content") === document.activeElement, "the editor");
    expect(host.querySelector(".cm-content")?.textContent).toBe("aws sts get-caller-identity");
    expect(host.querySelector(".term-early")).toBeNull();
  });

  it("asks for another line while a command is not finished", async () => {
    const { host, ran, type } = await terminal(() => ok(""));
    await type("aws x \\{Enter}");
    expect(ran).toEqual([]);
    expect(host.querySelectorAll(".cm-line")).toHaveLength(2);
    await type("--y 'a b'{Enter}");
    await settled(host, 1);
    expect(ran).toEqual(["aws x \\\n--y 'a b'"]);
  });

  it("goes through the history and searches it", async () => {
    const { host, type, text } = await terminal(() => ok(""));
    await type("aws one{Enter}");
    await type("aws two{Enter}");
    await settled(host, 2);
    await type("dra");
    await userEvent.keyboard("{Escape}{ArrowUp}{ArrowUp}");
    expect(text()).toBe("aws one");
    await userEvent.keyboard("{ArrowDown}{ArrowDown}");
    expect(text()).toBe("dra");
    await userEvent.keyboard("{Control>}r{/Control}");
    await until(() => host.querySelector(".term-search input") === document.activeElement, "the search");
    await userEvent.keyboard("one{Enter}");
    await until(() => text() === "aws one", "the found line");
    expect(host.querySelector(".term-search")).toBeNull();
  });

  it("completes with Tab and says what is still needed", async () => {
    const { host, type, text } = await terminal(() => ok(""));
    await type("aws cloudwatch li");
    await until(() => document.querySelector(".cm-tooltip-autocomplete li") !== null, "the completions");
    expect(document.querySelector("[role=listbox]")?.textContent).toContain("list-metrics");
    // CodeMirror ignores keys in the first moment after the list opens, so that a fast typist accepts nothing unseen.
    await new Promise((resolve) => setTimeout(resolve, 120));
    await userEvent.keyboard("{Tab}");
    await until(() => text().trim() === "aws cloudwatch list-metrics", "the completed word");
    await type("; aws cloudwatch put-metric-alarm ");
    await until(() => host.querySelector(".term-told") !== null, "what is needed");
    expect(host.querySelector(".term-told")?.textContent).toBe("still needed:--threshold");
  });

  it("types what all candidates have in common and lists them, as a shell does", async () => {
    const { type, text } = await terminal(() => ok(""));
    await type("aws cloudwatch d");
    await userEvent.keyboard("{Tab}");
    await until(() => text() === "aws cloudwatch describe-alarms", "what they have in common");
    await until(() => document.querySelectorAll(".cm-tooltip-autocomplete li").length === 2, "the list");
    await userEvent.keyboard("{Tab}{Tab}");
    expect(text()).toBe("aws cloudwatch describe-alarms");
    expect(document.querySelector(".cm-tooltip-autocomplete [aria-selected=true]")).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 120));
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{Tab}");
    await until(() => text().trim() === "aws cloudwatch describe-alarms-for-metric", "the one that was chosen");
  });

  it("marks in words and in a class what is not built, and draws no outline of CodeMirror's inside ours", async () => {
    const { host, type } = await terminal(() => ok(""));
    await type("aws cloudwatch describe-al");
    await until(() => document.querySelectorAll(".cm-tooltip-autocomplete li").length === 2, "the completions");
    const [built, other] = document.querySelectorAll(".cm-tooltip-autocomplete li");
    expect(built?.textContent).toBe("describe-alarmsread");
    expect(other?.textContent).toBe("describe-alarms-for-metricnot built");
    expect(built?.classList.contains("term-not-built")).toBe(false);
    expect(other?.classList.contains("term-not-built")).toBe(true);
    const editor = host.querySelector(".cm-editor.cm-focused") as HTMLElement;
    expect([getComputedStyle(editor).outlineStyle, getComputedStyle(editor.querySelector(".cm-content") as Element).outlineStyle]).toEqual([
      "none",
      "none",
    ]);
  });

  it("folds long outputs and clears", async () => {
    const { host, type } = await terminal(() => ok(Array.from({ length: 100 }, (_, index) => `row ${index}\n`).join("")));
    await type("aws x{Enter}");
    await settled(host, 1);
    expect(host.querySelector(".term-out")?.textContent).not.toContain("row 50");
    const more = [...host.querySelectorAll("button")].find((button) => button.textContent === "Show all 100 lines");
    more?.click();
    expect(host.querySelector(".term-out")?.textContent).toContain("row 99");
    await type("clear{Enter}");
    await until(() => host.querySelector(".term-entry") === null, "an empty log");
  });

  it("passes axe in light and dark, empty, with output, error and the open list", async () => {
    const { host, type } = await terminal((line) =>
      line.includes("bad") ? { stdout: "", stderr: "\nno\nhint: w\n", exitCode: 252 } : ok("out\n"),
    );
    await expectAccessible(host);
    await type("aws bad --x 'y'{Enter}");
    await type("aws good{Enter}");
    await settled(host, 2);
    await type("aws cloudwatch des");
    await until(() => document.querySelector(".cm-tooltip-autocomplete li") !== null, "the completions");
    await expectAccessible(host);
  });
});

describe("the history", () => {
  it("searches newest first, in any case", () => {
    expect(searchHistory(["aws A", "ls", "aws ab"], "AWS a")).toEqual(["aws ab", "aws A"]);
  });

  it("goes on from what is typed with the newest line", () => {
    expect(historyGhost(["aws one", "aws only"], "aws on")).toBe("ly");
    expect(historyGhost(["aws one"], " ")).toBeUndefined();
    expect(historyGhost(["aws one"], "aws one")).toBeUndefined();
  });
});
