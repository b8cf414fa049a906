/* biome-ignore-all lint/a11y/useSemanticElements: a tree has no element of its own */
/* biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: the tree pattern is written with lists */
/* biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: the toggle is for the mouse; the tree item has the keys */
import { createSignal, For, type JSX, Show } from "solid-js";
import { Glyph, type GlyphName } from "./Glyph.tsx";

export interface ExplainNode {
  readonly id: string;
  /** yes = holds, no = differs, miss = not there, skip = not looked at; a branch has no verdict of its own. */
  readonly result: "yes" | "no" | "miss" | "skip" | "branch";
  /** Left: what the pattern asks. */
  readonly pattern: JSX.Element;
  /** Right: what was found. */
  readonly value?: JSX.Element;
  /** Under a leaf that fails: the reason as a sentence. */
  readonly why?: JSX.Element;
  readonly fix?: { readonly label: string; readonly run: () => void };
  readonly children?: readonly ExplainNode[];
}

const LOOKS: Readonly<Record<ExplainNode["result"], { glyph: GlyphName; word: string }>> = {
  yes: { glyph: "check", word: "holds" },
  no: { glyph: "cross", word: "differs" },
  miss: { glyph: "gap", word: "missing" },
  skip: { glyph: "minus", word: "not looked at" },
  branch: { glyph: "down", word: "" },
};

/** Pattern left, found value right, reason under a failing leaf. Arrows walk; Left closes, Right opens. */
export function ExplainTree(props: { readonly label: string; readonly nodes: readonly ExplainNode[] }): JSX.Element {
  const [closed, setClosed] = createSignal<ReadonlySet<string>>(new Set());
  let host!: HTMLUListElement;
  const toggle = (id: string, shut: boolean): void => {
    setClosed((now) => {
      const next = new Set(now);
      if (shut) next.add(id);
      else next.delete(id);
      return next;
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const item = (event.target as Element).closest<HTMLElement>("[role=treeitem]");
    if (item === null) return;
    const all = [...host.querySelectorAll<HTMLElement>("[role=treeitem]")];
    const at = all.indexOf(item);
    const isOpen = item.getAttribute("aria-expanded");
    const id = item.dataset["id"] ?? "";
    const go = (target: HTMLElement | null | undefined): void => {
      event.preventDefault();
      target?.focus();
    };
    if (event.key === "ArrowDown") go(all[at + 1]);
    else if (event.key === "ArrowUp") go(all[at - 1]);
    else if (event.key === "Home") go(all[0]);
    else if (event.key === "End") go(all[all.length - 1]);
    else if (event.key === "ArrowRight" && isOpen === "false") toggle(id, false);
    else if (event.key === "ArrowRight" && isOpen === "true") go(all[at + 1]);
    else if (event.key === "ArrowLeft" && isOpen === "true") toggle(id, true);
    else if (event.key === "ArrowLeft") go(item.parentElement?.closest<HTMLElement>("[role=treeitem]"));
  };
  return (
    <ul class="etree" role="tree" aria-label={props.label} ref={host} onKeyDown={onKeyDown}>
      <For each={props.nodes}>
        {(node, index) => <Branch node={node} level={1} isFirst={index() === 0} closed={closed()} onToggle={toggle} />}
      </For>
    </ul>
  );
}

interface BranchProps {
  readonly node: ExplainNode;
  readonly level: number;
  readonly isFirst: boolean;
  readonly closed: ReadonlySet<string>;
  readonly onToggle: (id: string, shut: boolean) => void;
}

function Branch(props: BranchProps): JSX.Element {
  const hasChildren = (): boolean => (props.node.children?.length ?? 0) > 0;
  const isOpen = (): boolean => !props.closed.has(props.node.id);
  return (
    <li
      role="treeitem"
      aria-level={props.level}
      aria-expanded={hasChildren() ? isOpen() : undefined}
      aria-selected="false"
      tabIndex={props.isFirst && props.level === 1 ? 0 : -1}
      data-id={props.node.id}
    >
      <div class="et" data-r={props.node.result === "branch" ? undefined : props.node.result}>
        <Show when={hasChildren()} fallback={<Glyph name={LOOKS[props.node.result].glyph} />}>
          <button type="button" class="et-toggle" tabIndex={-1} aria-hidden="true" onClick={() => props.onToggle(props.node.id, isOpen())}>
            <Glyph name={isOpen() ? "down" : "right"} />
          </button>
        </Show>
        <span>
          {props.node.pattern}
          <span class="vh"> {LOOKS[props.node.result].word} </span>
        </span>
        <span class="v">{props.node.value}</span>
        <Show when={props.node.why !== undefined || props.node.fix !== undefined}>
          <span class="why">
            {props.node.why}{" "}
            <Show when={props.node.fix}>
              {(fix) => (
                <button type="button" class="btn sm et-fix" onClick={() => fix().run()}>
                  {fix().label}
                </button>
              )}
            </Show>
          </span>
        </Show>
      </div>
      <Show when={hasChildren() && isOpen()}>
        <ul role="group">
          <For each={props.node.children}>
            {(child) => <Branch node={child} level={props.level + 1} isFirst={false} closed={props.closed} onToggle={props.onToggle} />}
          </For>
        </ul>
      </Show>
    </li>
  );
}
