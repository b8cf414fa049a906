/** One panel over a fake account, at an address and a width, with what tests of panels do all the time. */
import { HashRouter } from "@solidjs/router";
import type { Component } from "solid-js";
import { page } from "vitest/browser";
import { unpin } from "../../../src/charts/cursor.ts";
import { ClientContext } from "../../../src/client/context.ts";
import { dismissToast, toasts } from "../../../src/ui/toasts.ts";
import type { WorkerApi } from "../../../workers/api.ts";
import { type Fake, fakeClient, type Reads } from "../app/fake-client.ts";
import { mount } from "../ui/mount.tsx";

type Question = Readonly<Record<string, unknown>>;
export type Looks = Readonly<Record<string, (question: Question) => unknown>>;

export interface PanelPage {
  readonly host: HTMLElement;
  readonly fake: Fake;
  /** Questions of a look, oldest first. */
  readonly asked: (view: string) => readonly Question[];
  /** Requests of an operation that were called. */
  readonly called: (operation: string) => readonly Question[];
}

export interface PanelOptions {
  readonly hash?: string;
  readonly width?: number;
  /** Answers of looks by `service/view`. */
  readonly looks?: Looks;
  readonly reads?: Reads;
  readonly answers?: Partial<WorkerApi>;
}

export async function openPanel(path: string, panel: Component, options: PanelOptions = {}): Promise<PanelPage> {
  const width = options.width ?? 1280;
  await page.viewport(width, 900);
  unpin();
  for (const toast of toasts()) dismissToast(toast.id);
  location.hash = options.hash ?? `#${path}`;
  const fake = fakeClient(options.reads ?? {}, {
    look: async ({ service, view, question }) => {
      const answer = options.looks?.[`${service}/${view}`];
      if (answer !== undefined) return answer((question ?? {}) as Question);
      if (view === "markers") return [];
      throw { kind: "bug", code: "Bug", message: `no look ${service}/${view}` };
    },
    lineOf: async ({ service, operation }) => `aws ${service} ${operation}`,
    ...options.answers,
  });
  const host = mount(
    () => (
      <ClientContext.Provider value={fake.client}>
        <HashRouter>
          {[
            { path, component: panel },
            { path: "*", component: () => <p>elsewhere</p> },
          ]}
        </HashRouter>
      </ClientContext.Provider>
    ),
    { width, height: 900 },
  );
  return {
    host,
    fake,
    asked: (view) =>
      fake.asked
        .filter(([method, question]) => method === "look" && (question as { view: string }).view === view)
        .map(([, question]) => (question as { question: Question }).question),
    called: (operation) =>
      fake.asked
        .filter(([method, request]) => method === "call" && (request as { operation: string }).operation === operation)
        .map(([, request]) => (request as { input: Question }).input),
  };
}

export const text = (host: ParentNode): string => (host.textContent ?? "").replace(/\s+/g, " ");
export const rows = (host: ParentNode): HTMLElement[] => [...host.querySelectorAll<HTMLElement>(".tbl tbody tr")];

export function button(host: ParentNode, name: string): HTMLButtonElement {
  const found = [...host.querySelectorAll("button")].find(
    (one) => one.textContent?.replace(/\s+/g, " ").trim() === name || one.getAttribute("aria-label") === name,
  );
  if (found === undefined) throw new Error(`no button ${name}`);
  return found;
}

export function field(host: ParentNode, label: string): HTMLInputElement & HTMLSelectElement {
  const found = [...host.querySelectorAll("label")].find((one) => one.textContent?.startsWith(label));
  if (found === undefined) throw new Error(`no field ${label}`);
  return document.getElementById(found.htmlFor) as HTMLInputElement & HTMLSelectElement;
}

export function type(input: HTMLInputElement, value: string): void {
  input.value = value;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

export function choose(select: HTMLSelectElement, value: string): void {
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

export function link(host: ParentNode, name: string): HTMLAnchorElement {
  const found = [...host.querySelectorAll("a")].find((one) => one.textContent?.trim() === name || one.getAttribute("aria-label") === name);
  if (found === undefined) throw new Error(`no link ${name}`);
  return found;
}

/** Nothing stands wider than the page, and nothing that names a row is cut. */
export function isWhole(host: HTMLElement): boolean {
  const scrolls = [...host.querySelectorAll<HTMLElement>(".tbl-scroll, .body")].every((one) => one.scrollWidth <= one.clientWidth + 1);
  const names = [...host.querySelectorAll<HTMLElement>(".card-main")].every((one) => one.scrollWidth <= one.clientWidth + 1);
  return scrolls && names;
}
