import { A, useLocation, useNavigate } from "@solidjs/router";
import { For, type JSX, Show } from "solid-js";
import { isCursorPinned, meantTime, unpin } from "../charts/cursor.ts";
import { useClient } from "../client/context.ts";
import { Button } from "../ui/Button.tsx";
import { Glyph } from "../ui/Glyph.tsx";
import { Menu } from "../ui/Menu.tsx";
import { secondText } from "../ui/time.ts";
import { IdentityMenu } from "./IdentityMenu.tsx";
import { crumbsOf, FOOT, GROUPS, HOME, PAGES, type PageInfo, pageOf } from "./pages.ts";
import { openPalette, setShareOpen, setTerminalOpen } from "./shell-state.ts";
import { APP } from "./strings.ts";
import { TimeRangePicker } from "./TimeRangePicker.tsx";

const BAR: readonly PageInfo["id"][] = ["home", "alarms", "logs", "metrics"];

/** The phone's head: back, where we are, search, the rest. */
export function PhoneHead(): JSX.Element {
  const location = useLocation();
  const navigate = useNavigate();
  const { pulse } = useClient();
  const crumbs = () => crumbsOf(location.pathname, location.search);
  const parent = (): string | undefined =>
    crumbs()
      .slice(0, -1)
      .findLast((crumb) => crumb.path !== undefined)?.path;
  return (
    <header class="top phone-top">
      <Show
        when={parent()}
        fallback={
          <span class="phone-mark">
            <Glyph name="neph" />
          </span>
        }
      >
        {(path) => <Button look="ghost" glyph="left" label={APP.back} onClick={() => navigate(path())} />}
      </Show>
      <span class="phone-title grow" aria-hidden="true">
        <span class="trunc">{crumbs()[crumbs().length - 1]?.label}</span>
        <span class="phone-who trunc">{pulse()?.identity}</span>
      </span>
      <IdentityMenu bare />
      <TimeRangePicker />
      <Button look="ghost" glyph="search" label={APP.search} onClick={() => openPalette()} />
      <Menu
        look="btn ghost icon"
        align="end"
        label={APP.more}
        button={<Glyph name="dots" />}
        items={[
          { id: "share", label: APP.share, glyph: "share", run: () => setShareOpen(true) },
          { id: "terminal", label: APP.openTerminal, glyph: "terminal", run: () => setTerminalOpen(true) },
          ...(isCursorPinned() ? [{ id: "unpin", label: APP.unpin(secondText(meantTime() ?? 0)), glyph: "pin", run: unpin } as const] : []),
        ]}
      />
    </header>
  );
}

/** The phone's bar of pages. */
export function PhoneTabs(): JSX.Element {
  const location = useLocation();
  const navigate = useNavigate();
  const { pulse } = useClient();
  const here = () => pageOf(location.pathname)?.id;
  const first = PAGES.filter((page) => BAR.includes(page.id)).sort((a, b) => BAR.indexOf(a.id) - BAR.indexOf(b.id));
  const rest = [HOME, ...GROUPS.flatMap((group) => group.pages), ...FOOT].filter((page) => !BAR.includes(page.id));
  return (
    <nav class="phone-tabs" aria-label={APP.services}>
      <For each={first}>
        {(page) => (
          <A class="phone-tab" href={page.path} aria-current={here() === page.id ? "page" : undefined}>
            <Glyph name={page.glyph} size="l" />
            <Show when={page.id === "alarms" && (pulse()?.alarmsInAlarm ?? 0) > 0}>
              <i class="phone-dot" />
            </Show>
            <span>{page.short ?? page.label}</span>
            <Show when={page.id === "alarms" && (pulse()?.alarmsInAlarm ?? 0) > 0}>
              <span class="vh">, {APP.alarmCount(pulse()?.alarmsInAlarm ?? 0)}</span>
            </Show>
          </A>
        )}
      </For>
      <Menu
        look="phone-tab"
        align="end"
        label={APP.more}
        button={
          <>
            <Glyph name="menu" size="l" />
            <span>{APP.more}</span>
          </>
        }
        items={rest.map((page) => ({ id: page.id, label: page.label, glyph: page.glyph, run: () => navigate(page.path) }))}
      />
    </nav>
  );
}
