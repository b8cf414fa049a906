import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { CopyButton } from "./CopyButton.tsx";
import { countText } from "./numbers.ts";
import { UI } from "./strings.ts";

export interface JsonViewProps {
  readonly value: unknown;
  readonly label: string;
  /** Dotted paths to mark, with the class of the mark: hl chosen, hb differs, hm missing, hw warned. */
  readonly marks?: Readonly<Record<string, "hl" | "hb" | "hm" | "hw">>;
  readonly copy?: boolean;
}

interface Piece {
  readonly css: string;
  readonly text: string;
}
interface JsonLine {
  readonly path: string;
  readonly indent: number;
  readonly pieces: readonly Piece[];
}

const AT_FIRST = 400;

/** Pretty JSON, one node a line, coloured, with numbers; long ones in part until asked for. */
export function JsonView(props: JsonViewProps): JSX.Element {
  const [isAll, setAll] = createSignal(false);
  const lines = createMemo(() => jsonLines(props.value));
  const shown = (): readonly JsonLine[] => (isAll() ? lines() : lines().slice(0, AT_FIRST));
  return (
    <div class="json">
      <Show when={props.copy !== false}>
        <span class="json-copy">
          <CopyButton small text={JSON.stringify(props.value, null, 2) ?? ""} label={props.label} />
        </span>
      </Show>
      {/* biome-ignore lint/a11y/useSemanticElements: a pre stays a pre */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre class="code lined scrolls" role="region" aria-label={props.label} tabIndex={0}>
        <For each={shown()}>
          {(line) => (
            <span class={`ln ${props.marks?.[line.path] ?? ""}`}>
              {"  ".repeat(line.indent)}
              <For each={line.pieces}>{(piece) => <span class={piece.css}>{piece.text}</span>}</For>
            </span>
          )}
        </For>
      </pre>
      <Show when={!isAll() && lines().length > AT_FIRST}>
        <button type="button" class="link" onClick={() => setAll(true)}>
          {UI.showAll(countText(lines().length))}
        </button>
      </Show>
    </div>
  );
}

/** The lines of a JSON value as JSON.stringify would indent them, each with the dotted path of what it shows. */
export function jsonLines(value: unknown): readonly JsonLine[] {
  const lines: JsonLine[] = [];
  const write = (path: string, indent: number, lead: readonly Piece[], part: unknown, comma: string): void => {
    const isList = Array.isArray(part);
    if (typeof part !== "object" || part === null || part instanceof Date || part instanceof Uint8Array) {
      lines.push({ path, indent, pieces: [...lead, scalar(part), { css: "pu", text: comma }] });
      return;
    }
    const entries = isList
      ? part.map((item, at) => [String(at), item] as const)
      : Object.entries(part).filter(([, item]) => item !== undefined);
    const [open, close] = isList ? ["[", "]"] : ["{", "}"];
    if (entries.length === 0) {
      lines.push({ path, indent, pieces: [...lead, { css: "pu", text: `${open}${close}${comma}` }] });
      return;
    }
    lines.push({ path, indent, pieces: [...lead, { css: "pu", text: open as string }] });
    entries.forEach(([name, item], at) => {
      const head: readonly Piece[] = isList
        ? []
        : [
            { css: "k", text: JSON.stringify(name) },
            { css: "pu", text: ": " },
          ];
      write(path === "" ? name : `${path}.${name}`, indent + 1, head, item, at === entries.length - 1 ? "" : ",");
    });
    lines.push({ path: `${path}/`, indent, pieces: [{ css: "pu", text: `${close}${comma}` }] });
  };
  write("", 0, [], value, "");
  return lines;
}

function scalar(value: unknown): Piece {
  if (typeof value === "string") return { css: "st", text: JSON.stringify(value) };
  if (value instanceof Date) return { css: "st", text: JSON.stringify(value.toISOString()) };
  if (value instanceof Uint8Array) return { css: "st", text: `<${value.length} bytes>` };
  return { css: "nu", text: String(value ?? null) };
}
