/** The JSONPath that rules' targets know: `$`, dot names, bracket names and array indexes (facts eventbridge §7). */

export type PathStep = string | number;

const STEP = /\.([^.[\]'"\s]+)|\['([^']+)'\]|\["([^"]+)"\]|\[(\d+)\]/y;

/** The steps from the root, or undefined where the text is no such path. `$.` is the root as `$` is. */
export function parseEventPath(text: string): readonly PathStep[] | undefined {
  if (!text.startsWith("$")) return undefined;
  if (text === "$" || text === "$.") return [];
  const steps: PathStep[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < text.length) {
    const found = STEP.exec(text);
    if (found === null) return undefined;
    const [, name, single, double, index] = found;
    steps.push(index === undefined ? ((name ?? single ?? double) as string) : Number(index));
  }
  return steps;
}

/** The value there, or undefined where the path leads nowhere. */
export function valueAt(event: unknown, steps: readonly PathStep[]): unknown {
  let here = event;
  for (const step of steps) {
    if (typeof here !== "object" || here === null) return undefined;
    if (typeof step === "number" ? !Array.isArray(here) : Array.isArray(here)) return undefined;
    if (!Object.hasOwn(here, step)) return undefined;
    here = (here as Record<PathStep, unknown>)[step];
  }
  return here;
}
