import { For, type JSX, Show } from "solid-js";
import type { AccessTree, TreePolicy, TreeStatement } from "../../workers/api.ts";
import type { StatementPart } from "../../workers/language/policy/parts.ts";
import { Glyph } from "../ui/Glyph.tsx";
import { partsIn } from "./policy-texts.ts";
import { ACCESS as T } from "./strings.ts";

/** Of what fits only that; of a list that is turned round all of it. */
const writtenOf = ({ fits, written }: StatementPart): StatementPart["written"] =>
  fits && written.some((one) => one.fits) ? written.filter((one) => one.fits) : written;

/** One statement beside the request: effect, whether it applies, and part by part what fits and what differs. */
export function StatementBox(props: {
  readonly tree: AccessTree;
  readonly policy: TreePolicy;
  readonly statement: TreeStatement;
}): JSX.Element {
  const tone = (): "no" | "yes" | "skip" => {
    const { effect, applies, missed, decided } = props.statement;
    if (applies) return effect === "Deny" ? "no" : "yes";
    return effect === "Allow" && missed !== "Action" && props.tree.decision !== "allowed" && !decided ? "no" : "skip";
  };
  const word = (): string => {
    const { decided, applies, missed } = props.statement;
    return decided ? T.decided : applies ? T.applies : missed === undefined ? "" : T.missed[missed];
  };
  const parts = () => partsIn(props.tree, props.policy, props.statement);
  return (
    <li class="stmt" data-r={tone()}>
      <div class="row">
        <span class={tone() === "no" ? "c-alarm" : tone() === "yes" ? "c-ok" : "muted"}>
          <Glyph name={tone() === "no" ? "cross" : tone() === "yes" ? "check" : "minus"} />
        </span>
        <b class="med trunc">{props.statement.sid ?? T.statement(props.statement.index + 1)}</b>
        <span class="chip">{props.statement.effect}</span>
        <span class="small t2 stmt-word">{word()}</span>
      </div>
      <Show when={parts()}>
        {(list) => (
          <ul class="stmt-parts">
            <For each={list()}>
              {(part) => (
                <li class="stmt-part">
                  <span class={part.fits ? "c-ok" : "c-alarm"}>
                    <Glyph name={part.fits ? "check" : "cross"} size="s" />
                    <span class="vh">{part.fits ? T.yes : T.no}</span>
                  </span>
                  <span class="t2">{part.name}</span>
                  <span class="mono stmt-values">
                    <Show when={part.about}>
                      <span>{part.about}</span>
                    </Show>
                    <For each={writtenOf(part)}>
                      {(one) => (
                        <Show when={!part.fits} fallback={<span>{one.text}</span>}>
                          {<mark>{one.text}</mark>}
                        </Show>
                      )}
                    </For>
                  </span>
                  <Show when={!part.fits || part.name === "Condition"}>
                    <span />
                    <span class="t2">{T.asked}</span>
                    <span class="mono stmt-values">
                      <For each={part.asked} fallback={<span>{T.askedNothing}</span>}>
                        {(value) => (
                          <Show when={!part.fits} fallback={<span>{value}</span>}>
                            {<mark>{value}</mark>}
                          </Show>
                        )}
                      </For>
                    </span>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        )}
      </Show>
    </li>
  );
}
