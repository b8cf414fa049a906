import { A } from "@solidjs/router";
import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { PolicySource, PrincipalRow } from "../../../workers/api.ts";
import { policyPath } from "../../app/paths.ts";
import { createCommand } from "../../client/command.ts";
import { JsonText } from "../../editors/json/JsonText.tsx";
import { laidOut } from "../../editors/json/json-layout.ts";
import { Chip } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Empty } from "../../ui/notes.tsx";
import { AttachDialog } from "./AttachDialog.tsx";
import { onPrincipal } from "./iam-reads.ts";
import { PolicyDialog } from "./PolicyDialog.tsx";
import { PolicySummary } from "./PolicySummary.tsx";
import { IAM as T } from "./strings.ts";

const EMPTY =
  '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "logs:DescribeLogGroups", "Resource": "*" }\n  ]\n}';

/** The policy that a statement of an address becomes; undefined where it is none. */
function given(allow: string | undefined): { readonly name: string; readonly document: string } | undefined {
  if (allow === undefined) return undefined;
  try {
    const statement = JSON.parse(allow) as { readonly Action?: unknown };
    const name = `Allow${String(statement.Action).split(":").at(-1)?.replace(/\W/g, "") ?? ""}`;
    return { name, document: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, undefined, 2) };
  } catch {
    // An address that someone changed by hand: the page stands without it.
    return undefined;
  }
}

export interface PermissionsTabProps {
  readonly row: PrincipalRow;
  readonly allow: string | undefined;
  readonly onAllowed: () => void;
}

/** Policies as sentences, each with its text; attach, detach, edit; the boundary. */
export function PermissionsTab(props: PermissionsTabProps): JSX.Element {
  const [editing, setEditing] = createSignal<PolicySource | "new">();
  const [attaching, setAttaching] = createSignal<"policy" | "boundary">();
  const command = createCommand({ done: T.boundaryGone });
  const asked = createMemo(() => given(props.allow));
  const inline = (): PolicySource | undefined => {
    const now = editing();
    return now === "new" ? undefined : now;
  };
  const close = (): void => {
    setEditing(undefined);
    if (props.allow !== undefined) props.onAllowed();
  };
  return (
    <>
      <Show
        when={props.row.policies.length > 0}
        fallback={
          <Empty glyph="key" title={T.noPolicies}>
            {T.noPoliciesWhy}
          </Empty>
        }
      >
        <For each={props.row.policies}>{(policy) => <PolicyItem row={props.row} policy={policy} onEdit={() => setEditing(policy)} />}</For>
      </Show>
      <Show when={props.row.boundary}>
        {(boundary) => (
          <div class="iam-policy">
            <div class="row wrap">
              <A class="link med" href={policyPath(boundary().arn ?? "")}>
                {boundary().name}
              </A>
              <Chip on>{T.boundary}</Chip>
              <span class="small t2 grow">{T.boundaryWhy}</span>
              <Button small onClick={() => void command.run(onPrincipal(props.row, "DeletePrincipalPermissionsBoundary"))}>
                {T.clearBoundary}
              </Button>
            </div>
            <PolicySummary document={boundary().document} kind="identity" />
          </div>
        )}
      </Show>
      <div class="pb row wrap rule-t">
        <Button glyph="plus" onClick={() => setAttaching("policy")}>
          {T.attach}
        </Button>
        <Button glyph="plus" onClick={() => setEditing("new")}>
          {T.addInline}
        </Button>
        <Button onClick={() => setAttaching("boundary")}>{T.setBoundary}</Button>
      </div>
      <Show when={editing() !== undefined || asked() !== undefined}>
        <PolicyDialog
          title={inline()?.name ?? T.newInline}
          kind="identity"
          most={props.row.kind === "user" ? 2048 : 10_240}
          {...(inline() === undefined ? { suggested: asked()?.name ?? "" } : { name: inline()?.name ?? "" })}
          document={inline()?.document ?? asked()?.document ?? EMPTY}
          request={(name, document) => onPrincipal(props.row, "PutPrincipalPolicy", { PolicyName: name, PolicyDocument: document })}
          onClose={close}
        />
      </Show>
      <Show when={attaching()}>{(what) => <AttachDialog row={props.row} what={what()} onClose={() => setAttaching(undefined)} />}</Show>
    </>
  );
}

function PolicyItem(props: { readonly row: PrincipalRow; readonly policy: PolicySource; readonly onEdit: () => void }): JSX.Element {
  const [isShown, setShown] = createSignal(false);
  const command = createCommand({ done: T.detached(props.policy.name) });
  const isInline = (): boolean => props.policy.type === "inline";
  const detach = () =>
    isInline()
      ? onPrincipal(props.row, "DeletePrincipalPolicy", { PolicyName: props.policy.name })
      : onPrincipal(props.row, "DetachPrincipalPolicy", { PolicyArn: props.policy.arn });
  return (
    <article class="iam-policy" aria-label={props.policy.name}>
      <div class="row wrap">
        <Show when={props.policy.arn} fallback={<b class="med">{props.policy.name}</b>}>
          {(arn) => (
            <A class="link med" href={policyPath(arn())}>
              {props.policy.name}
            </A>
          )}
        </Show>
        <Chip>{T.types[props.policy.type]}</Chip>
        <span class="grow" />
        <Button small look="ghost" expanded={isShown()} onClick={() => setShown((now) => !now)}>
          {isShown() ? T.hide : T.show}
        </Button>
        <Show when={isInline()}>
          <Button small onClick={() => props.onEdit()}>
            {T.edit}
          </Button>
        </Show>
        <Button small look="danger" pending={command.pending()} onClick={() => void command.run(detach())}>
          {isInline() ? T.remove : T.detach}
        </Button>
      </div>
      <PolicySummary document={props.policy.document} kind="identity" />
      <Show when={isShown()}>
        <JsonText
          label={props.policy.name}
          text={props.policy.document.includes("\n") ? props.policy.document : (laidOut(props.policy.document) ?? props.policy.document)}
        />
      </Show>
    </article>
  );
}
