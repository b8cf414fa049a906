/**
 * The built page as a person has it: served from a folder by the project's own server, opened in Debian's Chromium, watched.
 * A console error, a policy violation, an uncaught error or a request to another origin fails the test that caused it.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type BrowserContext, chromium, type Locator, type Page } from "playwright";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { StateHash } from "../../workers/account/contract.ts";
import { CHROMIUM_FLAGS } from "../chromium.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const executable = (): string => process.env.CHROMIUM ?? execFileSync("which", ["chromium"], { encoding: "utf8" }).trim();

interface Server {
  readonly address: string;
  readonly close: () => Promise<void>;
}

export interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
  /** A profile of before, to be opened again. */
  readonly profile?: string;
}

/** A browser of its own with a profile on disk. */
export interface Profile {
  readonly folder: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Another tab of the same profile. */
  readonly tab: () => Promise<Page>;
  /** Closes the browser in good order; the folder stays. */
  readonly close: () => Promise<void>;
  /** SIGKILL to every process of this browser; the folder stays. */
  readonly kill: () => Promise<void>;
}

export interface Site {
  readonly address: () => string;
  /** A browser on the page, its account opened. `at` is what follows the address, `#/alarms` say. */
  readonly open: (at?: string, options?: OpenOptions) => Promise<Profile>;
  /** Faults are allowed to match this from here to the end of the test. */
  readonly expectFault: (pattern: RegExp) => void;
}

/** Serves the page for a test file; call it once at its top. */
export function useSite(): Site {
  const folder = path.resolve(ROOT, process.env.NEPHOSCOPE_PAGE ?? "dist/page");
  let server: Server | undefined;
  let faults: string[] = [];
  let expected: RegExp[] = [];
  const open = new Set<Profile>();
  const folders = new Set<string>();

  beforeAll(async () => {
    if (!existsSync(path.join(folder, "index.html"))) throw new Error(`${folder} holds no page. npm test builds it.`);
    const { serve } = (await import(/* @vite-ignore */ path.join(ROOT, "scripts/serve.mjs"))) as {
      serve: (folder: string, port?: number) => Promise<Server>;
    };
    server = await serve(folder);
  });
  afterEach(async () => {
    for (const profile of [...open]) await profile.close();
    const found = faults.filter((fault) => !expected.some((pattern) => pattern.test(fault)));
    [faults, expected] = [[], []];
    expect(found).toEqual([]);
  });
  afterAll(async () => {
    await server?.close();
    for (const one of folders) await rm(one, { recursive: true, force: true, maxRetries: 5 });
  });

  const address = (): string => {
    if (server === undefined) throw new Error("The server is not up yet.");
    return server.address;
  };
  return {
    address,
    expectFault: (pattern) => expected.push(pattern),
    open: async (at = "", options = {}) => {
      const profile = options.profile ?? (await mkdtemp(path.join(tmpdir(), "nephoscope-e2e-")));
      folders.add(profile);
      const context = await chromium.launchPersistentContext(profile, {
        executablePath: executable(),
        args: [...CHROMIUM_FLAGS],
        viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
        colorScheme: options.theme ?? "light",
        acceptDownloads: true,
      });
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      context.on("page", (page) => watch(page, new URL(address()).origin, faults));
      const page = context.pages()[0] ?? (await context.newPage());
      watch(page, new URL(address()).origin, faults);
      const opened: Profile = {
        folder: profile,
        context,
        page,
        tab: async () => {
          const tab = await context.newPage();
          await goTo(tab, address());
          return tab;
        },
        close: async () => {
          open.delete(opened);
          await context.close();
        },
        kill: async () => {
          open.delete(opened);
          for (const pid of processesOf(profile)) process.kill(pid, "SIGKILL");
          await context.close().catch(() => undefined);
          await gone(profile);
        },
      };
      open.add(opened);
      await goTo(page, address() + at);
      return opened;
    },
  };
}

/** Loads an address and waits until the account is there: the clock shows a time. */
export async function goTo(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await ready(page);
}

export async function ready(page: Page): Promise<void> {
  await page
    .getByRole("region", { name: "Account clock" })
    .getByText(/^\d\d:\d\d:\d\d$/)
    .waitFor();
}

const watched = new WeakSet<Page>();

function watch(page: Page, origin: string, faults: string[]): void {
  if (watched.has(page)) return;
  watched.add(page);
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`uncaught: ${error.stack ?? error.message}`));
  page.on("crash", () => faults.push("the page crashed"));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(?:data|blob|about):/.test(url)) faults.push(`request to another origin: ${url}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} for ${response.url()}`);
  });
}

/** Processes that were started with this profile's folder (the renderer and helpers carry it too or die with their parent). */
function processesOf(profile: string): number[] {
  const found: number[] = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (readFileSync(`/proc/${name}/cmdline`, "utf8").includes(`--user-data-dir=${profile}`)) found.push(Number(name));
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

async function gone(profile: string): Promise<void> {
  for (let tries = 0; processesOf(profile).length > 0; tries++) {
    if (tries > 200) throw new Error("A killed browser is still there.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

// What a person does, by roles and names.

/** Goes to a page by the rail. */
export async function toPage(page: Page, name: string): Promise<void> {
  await page
    .getByRole("navigation", { name: "Services" })
    .getByRole("link", { name: new RegExp(`^${name}`) })
    .click();
  await page.getByRole("heading", { level: 1 }).first().waitFor();
}

/** A field with this label, inside the main part of the page. */
export const field = (page: Page | Locator, label: string | RegExp): Locator => page.getByLabel(label, { exact: true });

/** Drops a file on the page, as a person drags it there from a folder. */
export async function dropFile(page: Page, name: string, content: string | Uint8Array, type = "text/plain"): Promise<void> {
  const bytes = Buffer.from(content).toString("base64");
  const data = await page.evaluateHandle(
    async ({ bytes, name, type }) => {
      const raw = atob(bytes);
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(raw, (c) => c.charCodeAt(0))], name, { type }));
      return transfer;
    },
    { bytes, name, type },
  );
  const target = page.getByRole("main");
  for (const event of ["dragenter", "dragover", "drop"]) await target.dispatchEvent(event, { dataTransfer: data });
}

/** Types a line into the open terminal and answers what it printed. Opens the terminal when it is closed. */
export async function typeLine(page: Page, line: string): Promise<string> {
  const prompt = page.getByRole("textbox", { name: "Command line" });
  if (!(await prompt.isVisible())) await page.keyboard.press("Control+`");
  await prompt.waitFor();
  await prompt.click();
  const log = page.getByRole("log", { name: "Terminal output" });
  const echoes = log.locator("code", { hasText: /^aws/ });
  const before = await echoes.count();
  const lines = line.split("\n");
  for (const [at, part] of lines.entries()) {
    await page.keyboard.insertText(part);
    // A line with a backslash at its end is not finished: Enter opens another.
    await page.keyboard.press("Enter");
    if (at < lines.length - 1) expect(await echoes.count()).toBe(before);
  }
  await expect.poll(() => echoes.count(), { timeout: 20_000 }).toBeGreaterThan(before);
  await expect.poll(() => log.getByText("Running", { exact: true }).count(), { timeout: 20_000 }).toBe(0);
  return (await log.locator(".term-entry").last().innerText()).trim();
}

export interface LineAnswer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** A line through the script door. */
export const aws = (page: Page, line: string): Promise<LineAnswer> =>
  page.evaluate((text) => {
    if (window.nephoscope === undefined) throw new Error("The script door is not there.");
    return window.nephoscope.aws(text);
  }, line);

/** A line that must succeed, its JSON answer. */
export async function awsJson<T = Record<string, unknown>>(page: Page, line: string): Promise<T> {
  const { stdout, stderr, exitCode } = await aws(page, line);
  if (exitCode !== 0) throw new Error(`${line}: ${stderr.trim()}`);
  return (stdout.trim() === "" ? {} : JSON.parse(stdout)) as T;
}

export const advance = (page: Page, seconds: number): Promise<void> =>
  page.evaluate(async (by) => {
    await window.nephoscope?.clock.advance(by);
  }, seconds);

export const pause = (page: Page): Promise<void> => page.evaluate(async () => void (await window.nephoscope?.clock.pause()));

export const hashOf = (page: Page): Promise<StateHash> =>
  page.evaluate(() => {
    if (window.nephoscope === undefined) throw new Error("The script door is not there.");
    return window.nephoscope.stateHash({ parts: true });
  });

/**
 * A log of our own: a receipt every `everySeconds`; from line `failFrom` on every `failEvery`-th is an ERROR with a stack line below it.
 */
export function ownLog(options: {
  readonly lines: number;
  readonly everySeconds: number;
  readonly failEvery: number;
  readonly failFrom?: number;
}): string {
  const start = Date.UTC(2026, 4, 5, 9, 0, 0);
  const lines: string[] = [];
  for (let i = 0; i < options.lines; i++) {
    const stamp = new Date(start + i * options.everySeconds * 1000).toISOString();
    if (i >= (options.failFrom ?? 0) && i % options.failEvery === options.failEvery - 1) {
      lines.push(`${stamp} ERROR [till] receipt r-${1000 + i} failed: printer out of paper`, "    at print (till.js:12:3)");
    } else lines.push(`${stamp} INFO  [till] receipt r-${1000 + i} printed in ${20 + (i % 17)} ms`);
  }
  return `${lines.join("\n")}\n`;
}
