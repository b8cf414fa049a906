import { createEffect, createSignal, For, type JSX, on, Show } from "solid-js";
import type { PlainFailure } from "../../workers/api.ts";
import { createCommand } from "../client/command.ts";
import { useClient } from "../client/context.ts";
import { asFailure } from "../client/failure.ts";
import { SAMPLE_SHA256 } from "../scenarios/sample.ts";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Callout, ErrorNote, Skeleton } from "../ui/notes.tsx";
import { bytesText, countText } from "../ui/numbers.ts";
import { Switch } from "../ui/Switch.tsx";
import { linkOf, type SharedFile, type SharedLink } from "./links.ts";
import { isShareOpen, setShareOpen } from "./shell-state.ts";
import { SHARE } from "./strings.ts";

interface Share {
  readonly made?: SharedLink & { readonly files: readonly SharedFile[] };
  readonly failure?: PlainFailure;
}

/** The account as a link, or as a file that may carry what a link cannot. */
export function ShareDialog(): JSX.Element {
  const { api, pulse } = useClient();
  const command = createCommand();
  const [withFiles, setWithFiles] = createSignal(true);
  const [share, setShare] = createSignal<Share>();
  // No resource: a pending one would take the dialog out of the page and so out of the top layer.
  const make = async (): Promise<void> => {
    setShare(undefined);
    try {
      const region = pulse()?.region ?? "us-east-1";
      // The world answers the files that its agents were given; a link cannot carry them.
      const attached = api.look({ service: "world", view: "attached", region }) as Promise<readonly SharedFile[]>;
      const [link, files] = await Promise.all([linkOf(api), attached]);
      setShare({ made: { ...link, files } });
    } catch (thrown) {
      setShare({ failure: asFailure(thrown) });
    }
  };
  createEffect(on(isShareOpen, (open) => open && void make()));
  /** The page makes the sample itself: nobody has to send it. */
  const lacking = (files: readonly SharedFile[]): readonly SharedFile[] => files.filter((file) => file.sha256 !== SAMPLE_SHA256);
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
            <Show when={answer().failure}>{(failure) => <ErrorNote failure={failure()} onRetry={() => void make()} />}</Show>
            <Show when={answer().made}>
              {(made) => (
                <>
                  <div class="row">
                    <code class="well grow trunc share-link">{made().link}</code>
                    <CopyButton text={made().link} label={SHARE.link} />
                  </div>
                  <p class="small t2">{SHARE.length(countText(made().length))}</p>
                  <Show when={lacking(made().files).length > 0}>
                    <Callout tone="warn">
                      {SHARE.files}
                      <ul>
                        <For each={lacking(made().files)}>
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
