import { A, useNavigate } from "@solidjs/router";
import { createSignal, type JSX, lazy, Show, Suspense } from "solid-js";
import type { PrincipalRow } from "../../../workers/api.ts";
import { principalPath } from "../../app/paths.ts";
import { useClient } from "../../client/context.ts";
import { Chip } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { stampText } from "../../ui/time.ts";
import { IamNav } from "./IamNav.tsx";
import { usePrincipals } from "./iam-reads.ts";
import { IAM as T } from "./strings.ts";

const CreateDialog = lazy(async () => ({ default: (await import("./CreatePrincipalDialog.tsx")).CreatePrincipalDialog }));
const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Users and roles of the account, with the policies that speak for them. */
export function PrincipalsView(): JSX.Element {
  const { pulse } = useClient();
  const navigate = useNavigate();
  const principals = usePrincipals();
  const [isCreating, setCreating] = createSignal(false);
  const columns: readonly Column<PrincipalRow>[] = [
    {
      id: "name",
      head: T.name,
      min: 190,
      card: "main",
      sort: (a, b) => ascending(a.name, b.name),
      cell: (row) => (
        <span class="row">
          <Glyph name={row.kind === "user" ? "user" : "key"} size="s" />
          <A class="link med trunc" href={principalPath(row.kind, row.name)} title={row.arn}>
            {row.name}
          </A>
          <Show when={row.kind === "user" && row.name === pulse()?.identity}>
            <Chip on>{T.isYou}</Chip>
          </Show>
        </span>
      ),
    },
    { id: "kind", head: T.kind, width: "5rem", label: "", sort: (a, b) => ascending(a.kind, b.kind), cell: (row) => T[row.kind] },
    {
      id: "policies",
      head: T.policies,
      min: 200,
      cell: (row) => (
        <span title={row.policies.map(({ name }) => name).join(", ")}>{row.policies.map(({ name }) => name).join(", ") || T.none}</span>
      ),
    },
    {
      id: "keys",
      head: T.keys,
      num: true,
      width: "8rem",
      spare: 1,
      isBlank: (row) => row.keys.length === 0,
      cell: (row) => countText(row.keys.length),
    },
    { id: "created", head: T.created, mono: true, width: "12.5rem", spare: 2, cell: (row) => stampText(row.created) },
  ];
  return (
    <Page
      title={T.title}
      scroll
      facts={<span class="muted">{T.sub}</span>}
      bar={<IamNav here="principals" />}
      actions={
        <Button look="primary" glyph="plus" onClick={() => setCreating(true)}>
          {T.createPrincipal}
        </Button>
      }
    >
      <Panel title={T.principals} sub={countText(principals.data()?.length ?? 0)}>
        <ReadState read={principals} rows={6}>
          {(rows) => (
            <Table
              label={T.principals}
              columns={columns}
              rows={rows()}
              rowKey={(row) => row.arn}
              onOpen={(row) => navigate(principalPath(row.kind, row.name))}
              empty={<Empty glyph="key" title={T.noPrincipals} />}
            />
          )}
        </ReadState>
      </Panel>
      <Show when={isCreating()}>
        <Suspense>
          <CreateDialog onClose={() => setCreating(false)} />
        </Suspense>
      </Show>
    </Page>
  );
}
