import type { JSX } from "solid-js";
import { SetAsideNote } from "../../app/SetAside.tsx";
import { Page } from "../../ui/Page.tsx";
import { AccountsCard } from "./AccountsCard.tsx";
import { LookCard } from "./LookCard.tsx";
import { StorageCard } from "./StorageCard.tsx";
import { SETTINGS } from "./strings.ts";

/** How the page looks, what it keeps, which accounts there are. */
export function SettingsPanel(): JSX.Element {
  return (
    <Page title={SETTINGS.title} scroll>
      <div class="settings-grid">
        <LookCard />
        <StorageCard />
      </div>
      <SetAsideNote />
      <AccountsCard />
      <p class="small muted">{SETTINGS.notAffiliated}</p>
    </Page>
  );
}
