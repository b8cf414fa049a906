import { useNavigate, useSearchParams } from "@solidjs/router";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import type { PrincipalRow } from "../../../workers/api.ts";
import { simulatorPath } from "../../app/paths.ts";
import { createCommand } from "../../client/command.ts";
import { useClient } from "../../client/context.ts";
import { JsonText } from "../../editors/json/JsonText.tsx";
import { laidOut } from "../../editors/json/json-layout.ts";
import { Chip } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type TabItem, Tabs } from "../../ui/Tabs.tsx";
import { RequestLines } from "../events/RequestLines.tsx";
import { DeletePrincipal } from "./DeletePrincipal.tsx";
import { IamNav } from "./IamNav.tsx";
import { onPrincipal, usePrincipals } from "./iam-reads.ts";
import { KeysTab } from "./KeysTab.tsx";
import { PermissionsTab } from "./PermissionsTab.tsx";
import { PolicyDialog } from "./PolicyDialog.tsx";
import { PolicySummary } from "./PolicySummary.tsx";
import { IAM as T } from "./strings.ts";

/** A user or a role: what speaks for it, who may assume it, its keys. `?allow=` brings a statement to give to it. */
export function PrincipalPage(props: { readonly kind: "user" | "role"; readonly name: string }): JSX.Element {
  const { pulse } = useClient();
  const navigate = useNavigate();
  const [query, setQuery] = useSearchParams<{ allow?: string }>();
  const command = createCommand();
  const principals = usePrincipals();
  const [tab, setTab] = createSignal("permissions");
  const [isEditingTrust, setEditingTrust] = createSignal(false);
  const [isDoomed, setDoomed] = createSignal(false);
  const row = createMemo(() =>
    principals.data()?.find((one) => one.kind === props.kind && one.name.toLowerCase() === props.name.toLowerCase()),
  );
  const items = (shown: () => PrincipalRow): readonly TabItem[] => [
    {
      id: "permissions",
      label: T.permissions,
      // Read where it is drawn: another count is no other tab.
      get count() {
        return shown().policies.length;
      },
      content: () => <PermissionsTab row={shown()} allow={query.allow} onAllowed={() => setQuery({ allow: undefined })} />,
    },
    ...(props.kind === "role"
      ? [
          {
            id: "trust",
            label: T.trust,
            content: () => (
              <div class="pb col iam-text">
                <p class="t2">{T.trustWhy}</p>
                <PolicySummary document={shown().trust ?? ""} kind="trust" />
                <JsonText label={T.trust} text={laidOut(shown().trust ?? "") ?? ""} />
                <div class="row">
                  <Button onClick={() => setEditingTrust(true)}>{T.edit}</Button>
                </div>
              </div>
            ),
          },
        ]
      : [
          {
            id: "keys",
            label: T.keys,
            get count() {
              return shown().keys.length;
            },
            content: () => <KeysTab row={shown()} />,
          },
        ]),
    { id: "json", label: T.json, content: () => <JsonView label={T.json} value={shown()} /> },
    {
      id: "line",
      label: T.line,
      content: () => (
        <div class="pb col">
          <RequestLines
            requests={["GetPrincipal", "ListAttachedPrincipalPolicies", "ListPrincipalPolicies"].map((one) => onPrincipal(shown(), one))}
          />
        </div>
      ),
    },
  ];
  return (
    <Page
      title={props.name}
      scroll
      bar={<IamNav here="principals" />}
      facts={
        <Show when={row()}>
          {(shown) => (
            <span class="row iam-arn">
              <Chip>{T[shown().kind]}</Chip>
              <span class="mono muted trunc" title={shown().arn}>
                {shown().arn}
              </span>
              <CopyButton text={shown().arn} label="ARN" inline />
            </span>
          )}
        </Show>
      }
      actions={
        <Show when={row()}>
          {(shown) => (
            <>
              <Show when={props.kind === "user" && pulse()?.identity !== shown().name}>
                <Button onClick={() => void command.stage({ kind: "identity", principal: shown().name })}>{T.actAs}</Button>
              </Show>
              <Button onClick={() => navigate(simulatorPath({ principal: shown().arn }))}>{T.simulate}</Button>
              <Button look="danger" onClick={() => setDoomed(true)}>
                {T.remove}
              </Button>
            </>
          )}
        </Show>
      }
    >
      <ReadState read={principals} rows={8}>
        {() => (
          <Show
            when={row()}
            fallback={
              <Panel>
                <Empty glyph="key" title={T.notHere(props.name)} action={{ label: T.all, run: () => navigate("/iam") }}>
                  {T.notHereWhy}
                </Empty>
              </Panel>
            }
          >
            {(shown) => (
              <>
                <Panel label={props.name}>
                  <Tabs label={props.name} items={items(shown)} selected={tab()} onSelect={setTab} />
                </Panel>
                <Show when={isEditingTrust()}>
                  <PolicyDialog
                    title={T.trust}
                    name={props.name}
                    kind="trust"
                    most={2048}
                    document={shown().trust ?? ""}
                    request={(_name, document) => ({
                      service: "iam",
                      operation: "UpdateAssumeRolePolicy",
                      input: { RoleName: props.name, PolicyDocument: document },
                      via: "form",
                    })}
                    onClose={() => setEditingTrust(false)}
                  />
                </Show>
                <Show when={isDoomed()}>
                  <DeletePrincipal row={shown()} onClose={() => setDoomed(false)} />
                </Show>
              </>
            )}
          </Show>
        )}
      </ReadState>
    </Page>
  );
}
