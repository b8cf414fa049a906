import { createSignal } from "solid-js";
import { afterEach, describe, expect, it, vi } from "vitest";
import { JsonInput } from "../../../src/editors/json/JsonInput.tsx";
import { mount, press, until } from "../ui/mount.tsx";

afterEach(() => {
  vi.useRealTimers();
});

describe("a JSON editor", () => {
  it("keeps the cursor behind what was typed over everything, when that is marked as wrong soon after the focus came", async () => {
    const [value, setValue] = createSignal('{\n  "source": ["aws.ec2"]\n}');
    const [error, setError] = createSignal<{ message: string; from: number; to: number }>();
    const host = mount(() => <JsonInput label="Pattern" value={value()} onInput={setValue} error={error()} />);
    await until(() => host.querySelector(".cm-content") !== null, "the editor");
    const content = host.querySelector(".cm-content") as HTMLElement;
    window.focus();
    content.focus();
    expect(document.hasFocus()).toBe(true);
    await new Promise((done) => setTimeout(done, 100));
    // However slow the machine is, the focus came just now.
    vi.useFakeTimers({ toFake: ["Date"] });
    content.dispatchEvent(new FocusEvent("focus"));
    press(content, "a", { ctrlKey: true });
    content.dispatchEvent(new InputEvent("beforeinput", { inputType: "insertText", data: "{", bubbles: true, cancelable: true }));
    expect(value()).toBe("{");
    await new Promise((done) => setTimeout(done, 100));
    setError({ message: "It ends too early.", from: 1, to: 1 });
    expect(content.querySelector(".json-wrong")?.textContent).toBe("{");
    await new Promise((done) => setTimeout(done, 50));
    document.execCommand("insertText", false, "}");
    await until(() => value().length === 2, "the second letter");
    expect(value()).toBe("{}");
  });
});
