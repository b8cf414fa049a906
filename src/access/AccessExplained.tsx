import { A } from "@solidjs/router";
import { createMemo, For, type JSX, Show } from "solid-js";
import type { AccessTree, PrincipalRow, TreePolicy, TreeStatement } from "../../workers/api.ts";
import { policyPath, principalPath, simulatorPath } from "../app/paths.ts";
import { createCommand } from "../client/command.ts";
import { useClient } from "../client/context.ts";
import { callerName } from "../client/denied.ts";
import { createLook } from "../client/resource.ts";
import { JsonText } from "../editors/json/JsonText.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Glyph } from "../ui/Glyph.tsx";
import { JsonView } from "../ui/JsonView.tsx";
import "./access.css";
import { markedText, missingStatement, rowOf, sourceOf } from "./policy-texts.ts";
import { StatementBox } from "./StatementBox.tsx";
import { ACCESS as T } from "./strings.ts";

/** Policies of a tree with the statements worth showing: all near ones; of those about other actions only how many there are. */
const nearOf = (policy: TreePolicy): readonly TreeStatement[] => policy.statements.filter((one) => one.missed !== "Action");

/** Why a call was denied, or is allowed: verdict, who and what, every policy's statements part by part, the text, one way on. */
export function AccessExplained(props: { readonly tree: AccessTree; readonly onLeave?: () => void }): JSX.Element {
  const { pulse } = useClient();
  const command = createCommand();
  // Who may not list IAM sees the statements, which the judgement carries, but not the whole texts.
  const known = createLook<readonly PrincipalRow[]>(
    () => ({ service: "iam", view: "principals", region: pulse()?.region ?? "us-east-1" }),
    { follow: "version" },
  );
  const rows = (): readonly PrincipalRow[] => known.data() ?? [];
  const name = (): string => callerName(props.tree.principal);
  const row = createMemo(() => rowOf(rows(), props.tree.principal));
  const isDenied = (): boolean => props.tree.decision !== "allowed";
  const chosen = createMemo((): { readonly policy: TreePolicy; readonly statement: TreeStatement } | undefined => {
    const all = props.tree.policies.flatMap((policy) => policy.statements.map((statement) => ({ policy, statement })));
    return (
      all.find(({ statement }) => statement.decided) ??
      all.find(
        ({ policy, statement }) => policy.kind === props.tree.by && statement.effect === "Allow" && nearOf(policy).includes(statement),
      )
    );
  });
  const text = createMemo(() => {
    const here = chosen();
    if (here === undefined || here.statement.text === undefined) return undefined;
    const source = sourceOf(rows(), props.tree, here.policy);
    if (source === undefined) return { text: here.statement.text, note: T.textOnly };
    const marked = markedText(source.document, here.statement);
    if (!marked.isSame) return { text: here.statement.text, note: T.textChanged };
    return { text: marked.text, mark: marked.mark, note: T.textNow };
  });
  const path = (): string | undefined => {
    const policy = chosen()?.policy;
    const arn = policy?.arn;
    if (arn !== undefined && policy?.type !== "inline") return policyPath(arn);
    const owner = row();
    return policy?.kind === "identity" && owner !== undefined ? principalPath(owner.kind, owner.name) : undefined;
  };
  const question = () => ({ principal: row()?.arn ?? props.tree.principal, action: props.tree.action, resource: props.tree.resource });
  const silent = (): keyof typeof T.missingFor | "identity" | undefined => {
    if (props.tree.decision !== "implicitDeny") return undefined;
    const { by } = props.tree;
    return by === "identity" || by === "boundary" || by === "session" || by === "resource" ? by : undefined;
  };
  const absent = (): readonly string[] =>
    (Object.keys(T.none) as (keyof typeof T.none)[])
      .filter((kind) => !props.tree.policies.some((policy) => policy.kind === kind))
      .map((kind) => T.none[kind]);
  const hasDeny = (): boolean => props.tree.policies.some((one) => one.statements.some((two) => two.applies && two.effect === "Deny"));
  return (
    <div class="access col">
      <div class="row wrap">
        <Badge tone={isDenied() ? "alarm" : "ok"} glyph={isDenied() ? "deny" : "okc"}>
          {T.decisions[props.tree.decision]}
        </Badge>
        <span class="access-sentence">{props.tree.sentence}</span>
      </div>
      <p class="small t2">{T.because[props.tree.decision]}</p>
      <dl class="kv wrapdd">
        <dt>{T.who}</dt>
        <dd class="mono" title={props.tree.principal}>
          <b class="med">{name()}</b>
        </dd>
        <dt>{T.action}</dt>
        <dd class="mono">{props.tree.action}</dd>
        <dt>{T.resource}</dt>
        <dd class="mono">{props.tree.resource}</dd>
      </dl>
      <For each={props.tree.policies}>
        {(policy) => (
          <section aria-label={`${T.kinds[policy.kind]} ${policy.name}`}>
            <div class="row small access-policy">
              <span class="t2">{T.kinds[policy.kind]}</span>
              <Glyph name="right" size="s" />
              <Show when={policy.arn} fallback={<b class="med trunc">{policy.name}</b>}>
                {(arn) => (
                  <A class="link med trunc" href={policyPath(arn())} onClick={() => props.onLeave?.()}>
                    {policy.name}
                  </A>
                )}
              </Show>
              <span class="t2 stmt-word">{T.statements(policy.statements.length)}</span>
            </div>
            <ul class="stmts">
              <For each={nearOf(policy)}>{(statement) => <StatementBox tree={props.tree} policy={policy} statement={statement} />}</For>
              <Show when={policy.statements.length > nearOf(policy).length}>
                <li class="row small t2 stmt-rest">
                  <Glyph name="minus" size="s" />
                  {T.others(policy.statements.length - nearOf(policy).length)}
                </li>
              </Show>
            </ul>
          </section>
        )}
      </For>
      <p class="row wrap g3 small t2">
        <span class="row">
          <Glyph name={hasDeny() ? "cross" : "check"} size="s" />
          {hasDeny() ? T.hasDeny : T.noDeny}
        </span>
        <For each={absent()}>
          {(word) => (
            <span class="row">
              <Glyph name="minus" size="s" />
              {word}
            </span>
          )}
        </For>
      </p>
      <Show when={Object.keys(props.tree.context).length > 0}>
        <h3>{T.keys}</h3>
        <dl class="kv wrapdd">
          <For each={Object.entries(props.tree.context)}>
            {([key, value]) => (
              <>
                <dt class="mono">{key}</dt>
                <dd class="mono">{typeof value === "string" ? value : value.join(", ")}</dd>
              </>
            )}
          </For>
        </dl>
      </Show>
      <Show when={text()}>
        {(shown) => (
          <div class="access-text">
            <h3>{T.policyText(chosen()?.policy.name ?? "")}</h3>
            <p class="small t2">{shown().note}</p>
            <JsonText
              label={T.policyText(chosen()?.policy.name ?? "")}
              text={shown().text}
              marks={
                shown().mark === undefined ? [] : [{ ...(shown().mark as { from: number; to: number }), css: isDenied() ? "hb" : "hl" }]
              }
            />
          </div>
        )}
      </Show>
      <Show when={props.tree.message}>
        {(message) => (
          <>
            <h3>{T.message}</h3>
            <p class="well mono small access-message">{message()}</p>
          </>
        )}
      </Show>
      <Show when={silent()}>
        {(kind) => (
          <div class="access-text">
            <h3>{T.missing}</h3>
            <p class="small t2">{kind() === "identity" ? T.missingWhy(name()) : T.missingFor[kind() as keyof typeof T.missingFor]}</p>
            <JsonView label={T.missing} value={missingStatement(props.tree)} />
          </div>
        )}
      </Show>
      <div class="row wrap">
        <Show when={silent() === "identity" && row() !== undefined}>
          <A
            class="btn primary"
            href={`${principalPath(row()?.kind ?? "user", row()?.name ?? "")}?allow=${encodeURIComponent(JSON.stringify(missingStatement(props.tree)))}`}
            onClick={() => props.onLeave?.()}
          >
            {T.add(row()?.name ?? "")}
          </A>
        </Show>
        <Show when={isDenied() && silent() !== "identity" && path()}>
          {(to) => (
            <A class="btn primary" href={to()} onClick={() => props.onLeave?.()}>
              {T.open(chosen()?.policy.name ?? "")}
            </A>
          )}
        </Show>
        <A class="btn" href={simulatorPath(question())} onClick={() => props.onLeave?.()}>
          {T.simulate}
        </A>
        <Show when={isDenied() && pulse()?.identity !== "admin"}>
          <Button look="ghost" onClick={() => void command.stage({ kind: "identity", principal: "admin" })}>
            {T.actAs("admin")}
          </Button>
        </Show>
      </div>
    </div>
  );
}
