import { A, useNavigate } from "@solidjs/router";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { policyPath } from "../../app/paths.ts";
import { Button } from "../../ui/Button.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { IamNav } from "./IamNav.tsx";
import { iamRequest, isOfAws, type ManagedPolicy, usePolicies } from "./iam-reads.ts";
import { PolicyDialog } from "./PolicyDialog.tsx";
import { IAM as T } from "./strings.ts";

const EMPTY =
  '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "logs:DescribeLogGroups", "Resource": "*" }\n  ]\n}';
const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Managed policies: the account's own first, then those of AWS. */
export function PoliciesView(): JSX.Element {
  const navigate = useNavigate();
  const policies = usePolicies();
  const [text, setText] = createSignal("");
  const [isCreating, setCreating] = createSignal(false);
  const rows = createMemo(() =>
    policies
      .list()
      .filter(({ PolicyName }) => PolicyName.toLowerCase().includes(text().toLowerCase()))
      .sort((a, b) => Number(isOfAws(a.Arn)) - Number(isOfAws(b.Arn)) || ascending(a.PolicyName, b.PolicyName)),
  );
  const columns: readonly Column<ManagedPolicy>[] = [
    {
      id: "name",
      head: T.name,
      min: 240,
      card: "main",
      sort: (a, b) => ascending(a.PolicyName, b.PolicyName),
      cell: (row) => (
        <A class="link med trunc" href={policyPath(row.Arn)} title={row.Arn}>
          {row.PolicyName}
        </A>
      ),
    },
    {
      id: "of",
      head: T.ofWhom,
      width: "8rem",
      sort: (a, b) => Number(isOfAws(a.Arn)) - Number(isOfAws(b.Arn)),
      cell: (row) => (isOfAws(row.Arn) ? T.aws : T.account),
    },
    {
      id: "attached",
      head: T.attachedTo,
      num: true,
      width: "8rem",
      sort: (a, b) => a.AttachmentCount - b.AttachmentCount,
      cell: (row) => countText(row.AttachmentCount),
    },
  ];
  return (
    <Page
      title={T.views.policies}
      scroll
      bar={<IamNav here="policies" />}
      actions={
        <Button look="primary" glyph="plus" onClick={() => setCreating(true)}>
          {T.createPolicy}
        </Button>
      }
    >
      <Panel title={T.managed} sub={countText(rows().length)}>
        <div class="pb">
          <TextField label={T.filter} type="search" glyph="search" value={text()} onInput={setText} />
        </div>
        <ReadState read={policies.read} rows={8}>
          {() => (
            <Table
              label={T.managed}
              columns={columns}
              rows={rows()}
              rowKey={(row) => row.Arn}
              onOpen={(row) => navigate(policyPath(row.Arn))}
              empty={<Empty glyph="search" title={T.noneFound} />}
            />
          )}
        </ReadState>
      </Panel>
      <Show when={isCreating()}>
        <PolicyDialog
          title={T.createPolicy}
          kind="identity"
          most={6144}
          document={EMPTY}
          request={(name, document) => iamRequest("CreatePolicy", { PolicyName: name, PolicyDocument: document })}
          onClose={() => setCreating(false)}
        />
      </Show>
    </Page>
  );
}
