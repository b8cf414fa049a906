import { useNavigate } from "@solidjs/router";
import { For, type JSX } from "solid-js";
import { Button } from "../../ui/Button.tsx";
import { Glyph, type GlyphName } from "../../ui/Glyph.tsx";
import { METRICS_TEXT as T } from "./strings.ts";

interface Way {
  readonly glyph: GlyphName;
  readonly title: string;
  readonly why: string;
  readonly label: string;
  readonly run: () => void;
}

/** No metric yet: three ways to a first one. */
export function NoMetrics(props: { readonly onPublish: () => void }): JSX.Element {
  const navigate = useNavigate();
  const ways: readonly Way[] = [
    { glyph: "plus", title: T.wayPublish, why: T.wayPublishWhy, label: T.publish, run: () => props.onPublish() },
    { glyph: "home", title: T.waySample, why: T.waySampleWhy, label: T.toSample, run: () => navigate("/") },
    { glyph: "logs", title: T.wayFilter, why: T.wayFilterWhy, label: T.toLogs, run: () => navigate("/logs") },
  ];
  return (
    <section class="no-metrics" aria-label={T.none}>
      <b class="med">{T.none}</b>
      <p class="muted">{T.noneWhy}</p>
      <ul>
        <For each={ways}>
          {(way) => (
            <li>
              <Glyph name={way.glyph} />
              <span class="col">
                <b class="med">{way.title}</b>
                <span class="small muted">{way.why}</span>
              </span>
              <Button small onClick={way.run}>
                {way.label}
              </Button>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
