/** Modules found at build time, in a file without JSX: the dependency scan of the dev server reads it as plain TypeScript. */
import type { Component } from "solid-js";
import type { Completion, TerminalResult } from "../../workers/api.ts";

export interface TerminalProps {
  readonly run: (line: string) => Promise<TerminalResult>;
  readonly complete: (line: string, cursor: number) => Promise<Completion>;
}

/** Each page in a chunk of its own: `panels/<page>/<Page>Panel.tsx` exports `<Page>Panel`. */
export const panelModules = import.meta.glob<Record<string, Component>>("../panels/*/*Panel.tsx");

const terminals = import.meta.glob<{ readonly Terminal: Component<TerminalProps> }>("../terminal/Terminal.tsx");

/** The terminal, or null in a build that has none. */
export async function loadTerminal(): Promise<Component<TerminalProps> | null> {
  return (await Object.values(terminals)[0]?.())?.Terminal ?? null;
}
