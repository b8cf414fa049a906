import { createSignal, type JSX, Show } from "solid-js";
import type { BootRequest, SavedAccount } from "../../../workers/api.ts";
import { accountInfo, setAccountInfo } from "../../app/account-info.ts";
import { forgetAccount } from "../../app/account-memory.ts";
import { createCommand } from "../../client/command.ts";
import { useClient } from "../../client/context.ts";
import { createQuestion } from "../../client/resource.ts";
import { Chip } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { UI } from "../../ui/strings.ts";
import { type Column, Table } from "../../ui/Table.tsx";
import { stampText } from "../../ui/time.ts";
import { showToast } from "../../ui/toasts.ts";
import { SETTINGS } from "./strings.ts";

/** The accounts kept in this browser: open, delete, start a new one. */
export function AccountsCard(): JSX.Element {
  const { api } = useClient();
  const command = createCommand();
  const [doomed, setDoomed] = createSignal<SavedAccount>();
  const saved = createQuestion(
    () => ({ service: "accounts" }),
    () => api.accounts(),
  );
  const open = async (request: BootRequest): Promise<void> => {
    const outcome = await command.attempt(() => api.boot(request));
    if (outcome === undefined) return;
    setAccountInfo(outcome.answer);
    showToast({ severity: "ok", text: SETTINGS.opened(outcome.answer.title) });
    saved.again();
  };
  const remove = async (account: SavedAccount): Promise<void> => {
    setDoomed(undefined);
    if ((await command.attempt(() => api.deleteAccount(account.id))) === undefined) return;
    forgetAccount(account.id);
    showToast({ severity: "ok", text: SETTINGS.deleted(account.title) });
    saved.again();
  };
  const columns: readonly Column<SavedAccount>[] = [
    {
      id: "name",
      head: SETTINGS.name,
      min: 220,
      sort: (a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0),
      cell: (row) => (
        <span class="row">
          <b class="med">{row.title}</b>
          <Show when={row.id === accountInfo()?.id}>
            <Chip on>{SETTINGS.here}</Chip>
          </Show>
        </span>
      ),
    },
    { id: "clock", head: SETTINGS.clock, mono: true, min: 160, sort: (a, b) => a.clock - b.clock, cell: (row) => stampText(row.clock) },
    {
      id: "used",
      head: SETTINGS.lastUsed,
      mono: true,
      min: 160,
      spare: 1,
      sort: (a, b) => a.lastUsed - b.lastUsed,
      cell: (row) => stampText(row.lastUsed),
    },
    {
      id: "do",
      head: SETTINGS.actions,
      label: "",
      num: true,
      cell: (row) => (
        <span class="row row-end">
          <Show when={row.id !== accountInfo()?.id}>
            <Button small look="ghost" onClick={() => void open({ kind: "saved", id: row.id })}>
              {SETTINGS.open}
            </Button>
          </Show>
          <Button small look="danger" onClick={() => setDoomed(row)}>
            {SETTINGS.remove}
          </Button>
        </span>
      ),
    },
  ];
  return (
    <Panel
      title={SETTINGS.accounts}
      end={
        <Button small glyph="plus" pending={command.pending()} onClick={() => void open({ kind: "new" })}>
          {SETTINGS.start}
        </Button>
      }
    >
      <ReadState read={saved}>
        {(rows) => (
          <Table
            label={SETTINGS.accounts}
            columns={columns}
            rows={rows()}
            rowKey={(row) => row.id}
            empty={
              <Empty glyph="store" title={SETTINGS.none}>
                {SETTINGS.noneWhy}
              </Empty>
            }
          />
        )}
      </ReadState>
      <Dialog
        open={doomed() !== undefined}
        onClose={() => setDoomed(undefined)}
        title={SETTINGS.confirmTitle(doomed()?.title ?? "")}
        actions={
          <>
            <Button onClick={() => setDoomed(undefined)}>{UI.cancel}</Button>
            <Button look="danger" onClick={() => void remove(doomed() as SavedAccount)}>
              {SETTINGS.remove}
            </Button>
          </>
        }
      >
        <p>{SETTINGS.confirm}</p>
      </Dialog>
    </Panel>
  );
}
