/** Scrollback and history. They live as long as the page, so that closing the drawer loses nothing. */
import { createSignal } from "solid-js";
import type { PlainFailure, TerminalResult } from "../../workers/api.ts";

export interface Entry {
  readonly id: number;
  readonly line: string;
  /** Absent while it runs. */
  readonly result?: TerminalResult;
}

const MOST_ENTRIES = 300;
const MOST_HISTORY = 500;

export interface Session {
  readonly entries: () => readonly Entry[];
  readonly history: () => readonly string[];
  run(line: string, run: (line: string) => Promise<TerminalResult>): Promise<void>;
  clear(): void;
}

export function createSession(): Session {
  const [entries, setEntries] = createSignal<readonly Entry[]>([]);
  const [history, setHistory] = createSignal<readonly string[]>([]);
  let nextId = 1;
  return {
    entries,
    history,
    clear: () => setEntries([]),
    async run(text, run) {
      const line = text.trim();
      if (line === "") return;
      setHistory((lines) => [...lines.filter((each) => each !== line), line].slice(-MOST_HISTORY));
      if (line === "clear") {
        setEntries([]);
        return;
      }
      const id = nextId++;
      setEntries((list) => [...list, { id, line }].slice(-MOST_ENTRIES));
      const result = await run(line).catch((failure: unknown) => failed(failure));
      setEntries((list) => list.map((entry) => (entry.id === id ? { ...entry, result } : entry)));
    },
  };
}

/** The one of the page. */
export const pageSession = createSession();

function failed(thrown: unknown): TerminalResult {
  const failure = thrown as Partial<PlainFailure> | undefined;
  const hint = failure?.kind !== "bug" && failure?.hint !== undefined && failure.hint !== "" ? `\nhint: ${failure.hint}` : "";
  return { stdout: "", stderr: `${failure?.code ?? "Error"}: ${failure?.message ?? String(thrown)}${hint}\n`, exitCode: 255 };
}

/** Newest first: the lines of the history that hold `text`, in any case. */
export function searchHistory(history: readonly string[], text: string): readonly string[] {
  const wanted = text.toLowerCase();
  return [...history].reverse().filter((line) => line.toLowerCase().includes(wanted));
}

/** Newest line of the history that goes on from `text`; undefined when none does. */
export function historyGhost(history: readonly string[], text: string): string | undefined {
  if (text.trim() === "") return undefined;
  for (let at = history.length - 1; at >= 0; at--) {
    const line = history[at];
    if (line !== undefined && line.length > text.length && line.startsWith(text) && !line.includes("\n")) return line.slice(text.length);
  }
  return undefined;
}
