import { createSignal } from "solid-js";
import { describe, expect, it } from "vitest";
import { AwsLine, awsTokens } from "../../../src/ui/AwsLine.tsx";
import { Chip, StateBadge } from "../../../src/ui/Badge.tsx";
import { Button } from "../../../src/ui/Button.tsx";
import { Combobox } from "../../../src/ui/Combobox.tsx";
import { Dialog } from "../../../src/ui/Dialog.tsx";
import { EvaluationStrip } from "../../../src/ui/EvaluationStrip.tsx";
import { ExplainTree } from "../../../src/ui/ExplainTree.tsx";
import { JsonView, jsonLines } from "../../../src/ui/JsonView.tsx";
import { KeyValue } from "../../../src/ui/KeyValue.tsx";
import { Menu } from "../../../src/ui/Menu.tsx";
import { NumberField } from "../../../src/ui/NumberField.tsx";
import { Callout, Empty, ErrorNote } from "../../../src/ui/notes.tsx";
import { Progress } from "../../../src/ui/Progress.tsx";
import { Segmented } from "../../../src/ui/Segmented.tsx";
import { Select } from "../../../src/ui/Select.tsx";
import { SplitPane } from "../../../src/ui/SplitPane.tsx";
import { StateBand } from "../../../src/ui/StateBand.tsx";
import { Switch } from "../../../src/ui/Switch.tsx";
import { Table } from "../../../src/ui/Table.tsx";
import { Tabs } from "../../../src/ui/Tabs.tsx";
import { TextField } from "../../../src/ui/TextField.tsx";
import { expectAccessible, frame, mount, press } from "./mount.tsx";

const T0 = Date.UTC(2026, 2, 12, 9, 10);
const MINUTE = 60_000;

describe("widgets", () => {
  it("pass axe in light and dark, all together", async () => {
    const host = mount(
      () => (
        <div>
          <h1>Parts</h1>
          <Button look="primary">Save</Button>
          <Button disabled reason="Nothing changed">
            Save
          </Button>
          <Button glyph="copy" label="Copy it" />
          <StateBadge state="OK" />
          <StateBadge state="ALARM" />
          <StateBadge state="INSUFFICIENT_DATA" />
          <Chip onClick={() => undefined}>Sum</Chip>
          <TextField
            label="Name"
            value="a"
            onInput={() => undefined}
            error={{ rule: "Too short.", fix: { label: "Use ab.", run: () => undefined } }}
          />
          <NumberField label="Threshold" value={20} onChange={() => undefined} was="10" steppers />
          <Select label="Statistic" value="Sum" options={[{ value: "Sum", label: "Sum" }]} onChange={() => undefined} />
          <Combobox label="Metric" value="" options={[{ value: "a" }]} onChange={() => undefined} />
          <Switch label="Overlay" on onChange={() => undefined} />
          <Segmented
            label="Speed"
            value={1}
            options={[
              { value: 1, label: "1×" },
              { value: 10, label: "10×" },
            ]}
            onChange={() => undefined}
          />
          <Tabs
            label="Views"
            selected="a"
            onSelect={() => undefined}
            items={[
              { id: "a", label: "Form", content: () => <p>form</p> },
              { id: "b", label: "JSON", count: 2, content: () => <p>json</p> },
            ]}
          />
          <KeyValue items={[{ label: "ARN", value: "arn:aws:x", mono: true, copy: "arn:aws:x" }]} />
          <Callout tone="insuf">Two datapoints were missing.</Callout>
          <ErrorNote failure={{ kind: "service", code: "InvalidParameterException", message: "Invalid.", hint: "Quote it." }} />
          <Empty title="Nothing" action={{ label: "Widen", run: () => undefined }}>
            The filter matched no line.
          </Empty>
          <Progress what="Replaying" done={3} total={9} unit="minutes" onCancel={() => undefined} />
          <AwsLine line="aws logs describe-log-groups" />
          <JsonView label="event" value={{ a: [1, "x", null] }} />
          <StateBand
            from={T0}
            to={T0 + 10 * MINUTE}
            rows={[
              {
                label: "State",
                spans: [
                  { from: T0, to: T0 + 5 * MINUTE, state: "OK" },
                  { from: T0 + 5 * MINUTE, to: T0 + 10 * MINUTE, state: "ALARM" },
                ],
              },
            ]}
          />
          <EvaluationStrip
            cells={[
              { at: T0, value: undefined, state: "spare" },
              { at: T0 + MINUTE, value: 48, state: "breach" },
            ]}
            counted={[{ from: 1, to: 2 }]}
          />
          <ExplainTree label="Why" nodes={[{ id: "a", result: "no", pattern: "x", value: "y", why: "Differs." }]} />
          <Table
            label="Alarms"
            columns={[{ id: "n", head: "Name", cell: (row: string) => row, sort: (a, b) => (a < b ? -1 : 1) }]}
            rows={["a", "b"]}
            rowKey={(row) => row}
            onOpen={() => undefined}
          />
          <SplitPane direction="columns" initial={0.5} first={<p>left</p>} second={<p>right</p>} />
          <Menu label="Region" button="Region" items={[{ id: "a", label: "Ohio", checked: true, run: () => undefined }]} />
        </div>
      ),
      { height: 2000 },
    );
    await frame();
    await expectAccessible(host);
  });

  it("reads the three alarm states in AWS's words, each with a shape", () => {
    const host = mount(() => (
      <>
        <StateBadge state="OK" />
        <StateBadge state="ALARM" />
        <StateBadge state="INSUFFICIENT_DATA" />
      </>
    ));
    const badges = [...host.querySelectorAll(".badge")];
    expect(badges.map((badge) => badge.textContent)).toEqual(["OK", "In alarm", "Insufficient data"]);
    expect(badges.map((badge) => badge.querySelector("use")?.getAttribute("href"))).toEqual(["#g-okc", "#g-alarm", "#g-ring"]);
  });

  it("chooses a tab by arrows and draws only the chosen one", () => {
    const [tab, setTab] = createSignal("a");
    const host = mount(() => (
      <Tabs
        label="Views"
        selected={tab()}
        onSelect={setTab}
        items={["a", "b", "c"].map((id) => ({ id, label: id, content: () => <p class={`panel-${id}`}>{id}</p> }))}
      />
    ));
    const first = host.querySelector<HTMLElement>("[role=tab]");
    first?.focus();
    press(first as Element, "ArrowLeft");
    expect(tab()).toBe("c");
    expect(host.querySelector(".panel-c")).not.toBeNull();
    expect(host.querySelector(".panel-a")).toBeNull();
    press(document.activeElement as Element, "Home");
    expect(tab()).toBe("a");
  });

  it("opens a menu with Down, moves by arrows and gives the focus back on Escape", async () => {
    let chosen = "";
    const host = mount(() => (
      <Menu
        label="Region"
        button="Region"
        items={["Ohio", "Oregon"].map((label) => ({ id: label, label, checked: label === "Ohio", run: () => (chosen = label) }))}
      />
    ));
    const button = host.querySelector("button") as HTMLButtonElement;
    button.focus();
    press(button, "ArrowDown");
    await frame();
    expect(document.activeElement?.textContent).toContain("Ohio");
    press(document.activeElement as Element, "ArrowDown");
    expect(document.activeElement?.textContent).toContain("Oregon");
    press(document.activeElement as Element, "Escape");
    await frame();
    expect(document.activeElement).toBe(button);
    press(button, "ArrowDown");
    (host.querySelectorAll(".menu-item")[1] as HTMLElement).click();
    expect(chosen).toBe("Oregon");
  });

  it("keeps what is typed in a number field and says undefined while it is no number", () => {
    const heard: (number | undefined)[] = [];
    const host = mount(() => <NumberField label="Threshold" value={20} onChange={(value) => heard.push(value)} min={0} />);
    const input = host.querySelector("input") as HTMLInputElement;
    expect(input.value).toBe("20");
    input.value = "2e";
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    expect(heard.at(-1)).toBeUndefined();
    expect(input.value).toBe("2e");
    press(input, "ArrowUp");
    expect(heard.at(-1)).toBe(21);
  });

  it("takes a suggestion by keyboard and accepts free text", async () => {
    const [value, setValue] = createSignal("");
    const host = mount(() => (
      <Combobox
        label="Metric"
        value={value()}
        onChange={setValue}
        options={["CPUUtilization", "NetworkIn", "NetworkOut"].map((one) => ({ value: one }))}
      />
    ));
    const input = host.querySelector("input") as HTMLInputElement;
    input.focus();
    input.value = "net";
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    expect(value()).toBe("net");
    press(input, "ArrowDown");
    press(input, "ArrowDown");
    press(input, "Enter");
    expect(value()).toBe("NetworkOut");
    expect(input.getAttribute("aria-expanded")).toBe("false");
  });

  it("sorts a table by its head, moves by arrows and opens by Enter", () => {
    let opened = "";
    const host = mount(() => (
      <Table
        label="Queues"
        columns={[
          { id: "n", head: "Name", cell: (row: { n: string; d: number }) => row.n },
          { id: "d", head: "Depth", num: true, sort: (a, b) => a.d - b.d, cell: (row) => row.d },
        ]}
        rows={[
          { n: "a", d: 3 },
          { n: "b", d: 1 },
        ]}
        rowKey={(row) => row.n}
        onOpen={(row) => (opened = row.n)}
      />
    ));
    const names = (): (string | null | undefined)[] =>
      [...host.querySelectorAll("tbody tr")].map((row) => row.firstElementChild?.textContent);
    (host.querySelector(".sorter") as HTMLElement).click();
    expect(names()).toEqual(["b", "a"]);
    (host.querySelector(".sorter") as HTMLElement).click();
    expect(names()).toEqual(["a", "b"]);
    expect(host.querySelector("th[aria-sort=descending]")?.textContent).toBe("Depth");
    const row = host.querySelector<HTMLElement>("tbody tr[tabindex='0']");
    row?.focus();
    press(row as Element, "ArrowDown");
    press(document.activeElement as Element, "Enter");
    expect(opened).toBe("b");
  });

  it("closes and opens a branch of the explain tree by Left and Right", () => {
    const host = mount(() => (
      <ExplainTree
        label="Why"
        nodes={[
          { id: "d", result: "branch", pattern: "detail", children: [{ id: "n", result: "miss", pattern: "name", why: "No such field." }] },
        ]}
      />
    ));
    const root = host.querySelector<HTMLElement>("[role=treeitem]") as HTMLElement;
    root.focus();
    expect(host.querySelectorAll("[role=treeitem]").length).toBe(2);
    press(root, "ArrowLeft");
    expect(root.getAttribute("aria-expanded")).toBe("false");
    expect(host.querySelectorAll("[role=treeitem]").length).toBe(1);
    press(root, "ArrowRight");
    press(root, "ArrowRight");
    expect(document.activeElement?.textContent).toContain("No such field.");
  });

  it("reads the evaluation strip in sentences", () => {
    const host = mount(() => (
      <EvaluationStrip
        cells={[
          { at: T0, value: undefined, state: "filled" },
          { at: T0 + MINUTE, value: 131, state: "breach" },
        ]}
        counted={[{ from: 0, to: 2 }]}
      />
    ));
    expect([...host.querySelectorAll("li .vh")].map((one) => one.textContent)).toEqual([
      "09:10: no datapoint, missing, filled by the missing data treatment.",
      "09:11: 131, breaching.",
    ]);
    expect(host.querySelector(".evb")?.textContent).toBe("the 2 that count (N = 2)");
  });

  it("moves a split by arrows within its limits and resets by double click", () => {
    const host = mount(() => <SplitPane direction="columns" initial={0.5} min={0.2} first={<p>a</p>} second={<p>b</p>} />);
    const handle = host.querySelector("[role=separator]") as HTMLElement;
    press(handle, "ArrowRight");
    expect(handle.getAttribute("aria-valuenow")).toBe("52");
    press(handle, "Home");
    expect(handle.getAttribute("aria-valuenow")).toBe("20");
    handle.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
    expect(handle.getAttribute("aria-valuenow")).toBe("50");
  });

  it("keeps the focus in a dialog and closes it by Escape", async () => {
    const [open, setOpen] = createSignal(true);
    const host = mount(() => (
      <Dialog open={open()} onClose={() => setOpen(false)} title="Delete?">
        <p>This cannot be undone.</p>
      </Dialog>
    ));
    const dialog = host.querySelector("dialog") as HTMLDialogElement;
    expect(dialog.matches(":modal")).toBe(true);
    await expectAccessible(host);
    dialog.close();
    await frame();
    expect(open()).toBe(false);
  });

  it("cuts an aws line into tokens that join to the line again, and marks a changed option with its value", () => {
    const line = "aws cloudwatch put-metric-alarm --alarm-name 'it''s' --threshold 20  --x=\"a b\"";
    const tokens = awsTokens(line, ["threshold"]);
    expect(tokens.map((token) => token.text).join("")).toBe(line);
    expect(tokens.filter((token) => token.isMarked).map((token) => token.text)).toEqual(["--threshold", " ", "20"]);
  });

  it("writes JSON as JSON.stringify does, with the path of each line", () => {
    const value = { a: { "b c": [1, {}, []], d: null }, e: 'x"y', f: true };
    const lines = jsonLines(value);
    expect(lines.map((line) => "  ".repeat(line.indent) + line.pieces.map((piece) => piece.text).join("")).join("\n")).toBe(
      JSON.stringify(value, null, 2),
    );
    expect(lines.find((line) => line.pieces.some((piece) => piece.text === '"b c"'))?.path).toBe("a.b c");
  });
});
