import { createEffect, createSignal, type JSX, Show } from "solid-js";
import { accountInfo, setAccountInfo } from "../../app/account-info.ts";
import { droppedFile, takeDroppedFile } from "../../app/dropped-file.ts";
import { MissingFiles } from "../../app/MissingFilesCard.tsx";
import { openScenario } from "../../app/missing-files.ts";
import { SetAsideNote } from "../../app/SetAside.tsx";
import { MISSING } from "../../app/strings.ts";
import { createCommand } from "../../client/command.ts";
import { useClient } from "../../client/context.ts";
import { StateBadge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { catchFocus, pageStart } from "../../ui/focus.ts";
import { Callout } from "../../ui/notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { showToast } from "../../ui/toasts.ts";
import { useAccountFacts } from "./account-facts.ts";
import { ChainCard } from "./ChainCard.tsx";
import { DoorsCard } from "./DoorsCard.tsx";
import "./home.css";
import { ImportCard } from "./ImportCard.tsx";
import { StepsCard } from "./StepsCard.tsx";
import { StoryCard } from "./StoryCard.tsx";
import { HOME_TEXT as T } from "./strings.ts";

/** Until the living shop stands: an empty account with three doors, and what has come of it so far. */
export function HomePanel(): JSX.Element {
  const { api, pulse } = useClient();
  const facts = useAccountFacts();
  const supply = createCommand();
  const [picked, setPicked] = createSignal<File>();
  createEffect(() => {
    const dropped = droppedFile();
    if (dropped === undefined) return;
    takeDroppedFile();
    void take(dropped);
  });

  const done = (): void => {
    setPicked(undefined);
    catchFocus(pageStart);
  };
  /** A scenario file is opened; one that the account's link names is taken as that file; any other starts an import. */
  const take = async (dropped: File): Promise<void> => {
    if (await isScenario(dropped)) {
      const outcome = await supply.attempt(async () => openScenario(api, await dropped.text()));
      if (outcome === undefined) return;
      setAccountInfo(outcome.answer);
      showToast({ severity: "ok", text: T.opened(outcome.answer.title) });
      return;
    }
    const lacking = accountInfo()?.missingFiles ?? [];
    if (lacking.some((m) => m.bytes === dropped.size)) {
      const outcome = await supply.attempt(() => api.supply(dropped, dropped.name));
      if (outcome !== undefined) {
        setAccountInfo(outcome.answer);
        showToast({ severity: "ok", text: MISSING.supplied(dropped.name, outcome.answer.sameAsSender) });
        return;
      }
    }
    setPicked(dropped);
  };

  return (
    <Page
      title={accountInfo()?.title ?? T.title}
      scroll
      facts={
        <Show when={(pulse()?.alarmsInAlarm ?? 0) > 0}>
          <StateBadge state="ALARM" />
        </Show>
      }
      aside={
        <>
          <StepsCard facts={facts()} />
          <StoryCard />
        </>
      }
      asideLabel={T.story}
    >
      <p class="muted home-sub">{T.sub}</p>
      <MissingFiles />
      <Show when={accountInfo()?.openElsewhere}>
        {(other) => (
          <Callout tone="warn">
            <p>{T.elsewhere(other().title)}</p>
            <div class="row wrap home-elsewhere">
              <Button
                small
                onClick={() =>
                  void supply.attempt(async () => setAccountInfo(await api.boot({ kind: "saved", id: other().id, takeOver: true })))
                }
              >
                {T.takeOver}
              </Button>
              <Button
                small
                onClick={() => void supply.attempt(async () => setAccountInfo(await api.boot({ kind: "copy", id: other().id })))}
              >
                {T.openCopy}
              </Button>
            </div>
          </Callout>
        )}
      </Show>
      <Show when={picked()} keyed fallback={<DoorsCard onFile={(dropped) => void take(dropped)} />}>
        {(dropped) => <ImportCard file={dropped} onDone={done} />}
      </Show>
      <ChainCard facts={facts()} />
      <SetAsideNote />
    </Page>
  );
}

/** What Share saves: a JSON object that begins with its format. */
async function isScenario(file: File): Promise<boolean> {
  return file.name.endsWith(".json") && /^\s*\{\s*"format"\s*:/.test(await file.slice(0, 200).text());
}
