import { type JSX, Show } from "solid-js";
import { arePreferencesKept, preferences } from "../../app/preferences.ts";
import { Callout } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { Switch } from "../../ui/Switch.tsx";
import { SETTINGS } from "./strings.ts";

export function LookCard(): JSX.Element {
  const chosen = preferences();
  return (
    <Panel title={SETTINGS.look}>
      <div class="pb col">
        <div class="setting">
          <span class="setting-name">{SETTINGS.theme}</span>
          <Segmented label={SETTINGS.theme} value={chosen.theme()} options={SETTINGS.themes} onChange={chosen.setTheme} />
        </div>
        <div class="setting">
          <span class="setting-name">{SETTINGS.density}</span>
          <Segmented label={SETTINGS.density} value={chosen.density()} options={SETTINGS.densities} onChange={chosen.setDensity} />
        </div>
        <div class="setting">
          <span class="setting-name">{SETTINGS.keys}</span>
          <Switch label={SETTINGS.keysLabel} on={chosen.singleKeys()} onChange={chosen.setSingleKeys} />
        </div>
        <Show when={!arePreferencesKept()}>
          <Callout tone="warn">{SETTINGS.notKept}</Callout>
        </Show>
      </div>
    </Panel>
  );
}
