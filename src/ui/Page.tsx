import { createEffect, createSignal, type JSX, onCleanup, Show } from "solid-js";
import { isGiven } from "./given.ts";
import { useUnder } from "./media.ts";
import { Segmented } from "./Segmented.tsx";
import { ONE_COLUMN } from "./widths.ts";

export type PageSide = "main" | "aside";

export interface PageProps {
  readonly title: string;
  /** Beside the title: badge, chips, since when. */
  readonly facts?: JSX.Element;
  /** Right: buttons. */
  readonly actions?: JSX.Element;
  /** Under the title row: `<Tabs page>` or a toolbar. */
  readonly bar?: JSX.Element;
  /** The evidence column (400 wide); under 900 px it becomes a tab. */
  readonly aside?: JSX.Element;
  readonly asideLabel?: string;
  readonly mainLabel?: string;
  /** Which of the two stands in one column, where the page itself has a way from one to the other. */
  readonly side?: PageSide;
  readonly onSide?: (side: PageSide) => void;
  /** The page scrolls as a whole; without it the panels share the height and scroll inside. */
  readonly scroll?: boolean;
  readonly children: JSX.Element;
  readonly class?: string;
}

/** Head and body of a console page. Sets the document's title. */
export function Page(props: PageProps): JSX.Element {
  const isOneColumn = useUnder(ONE_COLUMN);
  const [own, setOwn] = createSignal<PageSide>("main");
  const side = (): PageSide => props.side ?? own();
  const setSide = (next: PageSide): void => {
    setOwn(next);
    props.onSide?.(next);
  };
  createEffect(() => {
    const before = document.title;
    document.title = `${props.title} · Nephoscope`;
    onCleanup(() => {
      document.title = before;
    });
  });
  const hasAside = (): boolean => isGiven(props, "aside");
  return (
    <>
      <div class="head">
        <h1 class="trunc" tabIndex={-1}>
          {props.title}
        </h1>
        {props.facts}
        <span class="grow" />
        {props.actions}
      </div>
      {props.bar}
      <Show when={isOneColumn() && hasAside()}>
        <div class="side-switch">
          <Segmented
            label={`${props.title}: ${props.mainLabel ?? "Page"} or ${props.asideLabel ?? "Details"}`}
            value={side()}
            options={[
              { value: "main", label: props.mainLabel ?? "Page" },
              { value: "aside", label: props.asideLabel ?? "Details" },
            ]}
            onChange={setSide}
          />
        </div>
      </Show>
      <div class={`body ${props.scroll ? "scroll" : ""} ${hasAside() && !isOneColumn() ? "with-aside" : ""} ${props.class ?? ""}`}>
        <Show when={!isOneColumn() || !hasAside() || side() === "main"}>
          <div class="body-main">{props.children}</div>
        </Show>
        <Show when={hasAside() && (!isOneColumn() || side() === "aside")}>
          <div class="body-aside">{props.aside}</div>
        </Show>
      </div>
    </>
  );
}
