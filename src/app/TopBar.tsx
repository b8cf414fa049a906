import { A, useLocation, useNavigate } from "@solidjs/router";
import { createMemo, For, type JSX, Show } from "solid-js";
import { createCommand } from "../client/command.ts";
import { useClient } from "../client/context.ts";
import { Button } from "../ui/Button.tsx";
import { Glyph } from "../ui/Glyph.tsx";
import { Menu } from "../ui/Menu.tsx";
import { IdentityMenu } from "./IdentityMenu.tsx";
import { PinChip } from "./PinChip.tsx";
import { crumbsOf } from "./pages.ts";
import { REGIONS } from "./regions.ts";
import { openPalette, setHelpOpen, setShareOpen } from "./shell-state.ts";
import { APP } from "./strings.ts";
import { TimeRangePicker } from "./TimeRangePicker.tsx";

/** Brand, where we are, search, time range, Region, identity, share, help. */
export function TopBar(): JSX.Element {
  const location = useLocation();
  const navigate = useNavigate();
  const crumbs = createMemo(() => crumbsOf(location.pathname, location.search));
  return (
    <header class="top">
      <A class="brand" href="/" end>
        <Glyph name="neph" />
        <span class="brand-name">{APP.name}</span>
      </A>
      <nav class="crumbs" aria-label={APP.breadcrumb}>
        <For each={crumbs()}>
          {(crumb, at) => (
            <>
              <Show when={at() > 0}>
                <Glyph name="right" size="s" />
              </Show>
              <Show
                when={at() < crumbs().length - 1}
                fallback={
                  <span aria-current="page" title={crumb.label}>
                    {crumb.label}
                  </span>
                }
              >
                <Show when={crumb.path} fallback={<span class="crumb-service">{crumb.label}</span>}>
                  {(path) => <A href={path()}>{crumb.label}</A>}
                </Show>
              </Show>
            </>
          )}
        </For>
      </nav>
      <span class="grow" />
      <button type="button" class="find" onClick={() => openPalette()}>
        <Glyph name="search" size="s" />
        <span>{APP.search}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <PinChip />
      <TimeRangePicker />
      <RegionMenu />
      <IdentityMenu />
      <span class="sep" />
      <Button small glyph="share" onClick={() => setShareOpen(true)} class="share">
        <span class="share-word">{APP.share}</span>
      </Button>
      <Menu
        look="btn ghost icon"
        align="end"
        label={APP.help}
        button={<Glyph name="help" />}
        items={[
          { id: "keys", label: APP.keyboard, detail: "?", run: () => setHelpOpen(true) },
          { id: "fidelity", label: APP.fidelity, run: () => navigate("/fidelity") },
        ]}
      />
    </header>
  );
}

export function RegionMenu(): JSX.Element {
  const { api, pulse } = useClient();
  const command = createCommand();
  const here = (): { readonly id: string; readonly name: string } => {
    const id = pulse()?.region ?? "us-east-1";
    return REGIONS.find((region) => region.id === id) ?? { id, name: id };
  };
  return (
    <Menu
      look="topbtn"
      align="end"
      label={APP.region(here().name, here().id)}
      button={
        <>
          <span class="region-name">{here().name}</span> <span class="muted">{here().id}</span>
          <Glyph name="down" size="s" />
        </>
      }
      items={REGIONS.map((region) => ({
        id: region.id,
        label: region.name,
        detail: region.id,
        checked: region.id === here().id,
        run: () => void command.attempt(() => api.setRegion(region.id)),
      }))}
    />
  );
}
