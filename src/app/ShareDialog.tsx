import { createEffect, createResource, createSignal, For, type JSX, on, Show } from "solid-js";
import { createCommand } from "../client/command.ts";
import { useClient } from "../client/context.ts";
import { asFailure } from "../client/failure.ts";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Callout, ErrorNote, Skeleton } from "../ui/notes.tsx";
import { bytesText, countText } from "../ui/numbers.ts";
import { Switch } from "../ui/Switch.tsx";
import { linkOf, type SharedFile } from "./links.ts";
import { isShareOpen, setShareOpen } from "./shell-state.ts";
import { SHARE } from "./strings.ts";

/** The account as a link, or as a file that may carry what a link cannot. */
export function ShareDialog(): JSX.Element {
  const { api, pulse } = useClient();
  const command = createCommand();
  const [withFiles, setWithFiles] = createSignal(true);
  const [share, { refetch }] = createResource(
    () => isShareOpen() || undefined,
    async () => {
      try {
        const region = pulse()?.region ?? "us-east-1";
        // The world answers the files that its agents were given; a link cannot carry them.
        const attached = api.look({ service: "world", view: "attached", region }) as Promise<readonly SharedFile[]>;
        const [made, files] = await Promise.all([linkOf(api), attached]);
        return { made: { ...made, files } };
      } catch (thrown) {
        return { failure: asFailure(thrown) };
      }
    },
  );
  createEffect(on(isShareOpen, (open) => open && void refetch(), { defer: true }));
  const download = async (): Promise<void> => {
    const outcome = await command.attempt(() => api.scenarioFile(withFiles(), true));
    if (outcome === undefined) return;
    const url = URL.createObjectURL(new Blob([outcome.answer], { type: "application/json" }));
    const anchor = document.createElement("a");
    anchor.href = url;
    anchor.download = "account.nephoscope.json";
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <Dialog
      open={isShareOpen()}
      onClose={() => setShareOpen(false)}
      title={SHARE.title}
      actions={
        <>
          <Show when={(share()?.made?.files.length ?? 0) > 0}>
            <Switch label={SHARE.withFiles} on={withFiles()} onChange={setWithFiles} />
          </Show>
          <Button glyph="archive" pending={command.pending()} onClick={() => void download()}>
            {SHARE.download}
          </Button>
        </>
      }
    >
      <Show when={share()} fallback={<Skeleton rows={2} />}>
        {(answer) => (
          <>
            <Show when={answer().failure}>{(failure) => <ErrorNote failure={failure()} onRetry={() => void refetch()} />}</Show>
            <Show when={answer().made}>
              {(made) => (
                <>
                  <div class="row">
                    <code class="well grow trunc share-link">{made().link}</code>
                    <CopyButton text={made().link} label={SHARE.link} />
                  </div>
                  <p class="small t2">{SHARE.length(countText(made().length))}</p>
                  <Show when={made().files.length > 0}>
                    <Callout tone="warn">
                      {SHARE.files}
                      <ul>
                        <For each={made().files}>
                          {(file) => (
                            <li>
                              <b class="med">{file.name}</b> <span class="t2">{bytesText(file.bytes)}</span>
                            </li>
                          )}
                        </For>
                      </ul>
                    </Callout>
                  </Show>
                  <p class="small muted">
                    {SHARE.hash} <code>{made().hash}</code>
                  </p>
                </>
              )}
            </Show>
          </>
        )}
      </Show>
    </Dialog>
  );
}
