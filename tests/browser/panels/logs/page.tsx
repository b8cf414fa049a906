/** The log pages on a fake account, and what a test does on them. */
import { HashRouter } from "@solidjs/router";
import { page, userEvent } from "vitest/browser";
import { setRangeChoice } from "../../../../src/app/time-range.ts";
import { ClientContext } from "../../../../src/client/context.ts";
import { LogsPanel } from "../../../../src/panels/logs/LogsPanel.tsx";
import { mount, until } from "../../ui/mount.tsx";
import { type FakeLogs, type FakeOptions, fakeLogs, GROUP } from "./fake-logs.ts";

export const AT_GROUP = `#/logs/${encodeURIComponent(GROUP)}`;

export async function open(hash: string, options: FakeOptions = {}, width = 1200): Promise<{ host: HTMLElement; fake: FakeLogs }> {
  await page.viewport(width, 900);
  location.hash = hash;
  setRangeChoice({ kind: "last", minutes: 60 });
  const fake = fakeLogs(options);
  const host = mount(
    () => (
      <ClientContext.Provider value={fake.client}>
        <HashRouter>
          {[
            { path: ["/logs", "/logs/:group", "/logs/:group/filters/new"], component: LogsPanel },
            { path: "*", component: () => <p>elsewhere</p> },
          ]}
        </HashRouter>
      </ClientContext.Provider>
    ),
    { width, height: 900 },
  );
  return { host, fake };
}

export const text = (host: ParentNode): string => (host.textContent ?? "").replace(/\s+/g, " ");
export const button = (host: ParentNode, name: string): HTMLButtonElement => {
  const found = [...host.querySelectorAll<HTMLButtonElement>("button")].find(
    (one) => one.textContent?.trim() === name || one.getAttribute("aria-label") === name,
  );
  if (found === undefined) throw new Error(`no button ${name}`);
  return found;
};
export const radio = (host: ParentNode, name: string): HTMLElement =>
  [...host.querySelectorAll<HTMLElement>("[role=radio]")].find((one) => one.textContent === name) as HTMLElement;
export const tab = (host: ParentNode, name: string): HTMLElement =>
  [...host.querySelectorAll<HTMLElement>("[role=tab]")].find((one) => one.textContent?.startsWith(name)) as HTMLElement;
export const field = (host: ParentNode, label: string): HTMLInputElement => {
  const found = [...host.querySelectorAll("label")].find((one) => one.textContent === label);
  return document.getElementById(found?.htmlFor ?? "") as HTMLInputElement;
};
export const type = (input: HTMLInputElement | HTMLTextAreaElement, value: string): void => {
  input.value = value;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
};
export const rows = (host: ParentNode): HTMLElement[] => [...host.querySelectorAll<HTMLElement>(".vt-row")];
export const editorReady = async (host: HTMLElement): Promise<HTMLElement> => {
  await until(() => host.querySelector(".cm-content") !== null, "the pattern editor");
  return host.querySelector(".cm-content") as HTMLElement;
};
export const writePattern = async (host: HTMLElement, pattern: string): Promise<void> => {
  const editor = await editorReady(host);
  editor.focus();
  await userEvent.keyboard("{Control>}a{/Control}{Delete}");
  await userEvent.keyboard(pattern.replace(/[{[]/g, "$&$&"));
};
export const shownRows = (host: HTMLElement): Promise<void> => until(() => rows(host).some((row) => text(row).includes("level")), "rows");
