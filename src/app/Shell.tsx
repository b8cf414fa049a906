import { type RouteSectionProps, useLocation, useNavigate } from "@solidjs/router";
import { createEffect, createSignal, type JSX, lazy, on, Show, Suspense } from "solid-js";
import { useAsker } from "../client/context.ts";
import { deniedMore, whyAsked } from "../client/denied.ts";
import { usePageDrop } from "../ui/DropTarget.tsx";
import { setFailureTeller } from "../ui/failure-more.ts";
import { catchFocus, pageStart } from "../ui/focus.ts";
import { Glyph, GlyphSprite } from "../ui/Glyph.tsx";
import { useUnder } from "../ui/media.ts";
import { ToastRegion } from "../ui/ToastRegion.tsx";
import { dismissErrors } from "../ui/toasts.ts";
import { PHONE } from "../ui/widths.ts";
import { ClockBar } from "./ClockBar.tsx";
import { setDroppedFile } from "./dropped-file.ts";
import { useKeptMoment } from "./kept-moment.ts";
import { LineStrip } from "./LineStrip.tsx";
import { Notices } from "./Notices.tsx";
import { PhoneHead, PhoneTabs } from "./Phone.tsx";
import { applyPreferences } from "./preferences.ts";
import { Rail } from "./Rail.tsx";
import { isHelpOpen, isPaletteOpen, isSetAsideOpen, isShareOpen, isTerminalOpen, rewindAsked } from "./shell-state.ts";
import { useShortcuts } from "./shortcuts.ts";
import { APP } from "./strings.ts";
import { TopBar } from "./TopBar.tsx";

const Palette = lazy(async () => ({ default: (await import("./Palette.tsx")).Palette }));
const ShareDialog = lazy(async () => ({ default: (await import("./ShareDialog.tsx")).ShareDialog }));
const KeyboardHelp = lazy(async () => ({ default: (await import("./KeyboardHelp.tsx")).KeyboardHelp }));
const RewindDialog = lazy(async () => ({ default: (await import("./PastDialogs.tsx")).RewindDialog }));
const SetAsideDialog = lazy(async () => ({ default: (await import("./PastDialogs.tsx")).SetAsideDialog }));
const WhyDialog = lazy(async () => ({ default: (await import("../access/WhyDialog.tsx")).WhyDialog }));
const TerminalDrawer = lazy(async () => ({ default: (await import("./TerminalDrawer.tsx")).TerminalDrawer }));

/** Top, rail, page, line strip, clock; on a phone head, page, clock, bar. The page is the route's child. */
export function Shell(props: RouteSectionProps): JSX.Element {
  const navigate = useNavigate();
  const location = useLocation();
  const isPhone = useUnder(PHONE);
  useShortcuts();
  useKeptMoment();
  setFailureTeller(deniedMore);
  createEffect(applyPreferences);
  // Another page: what had the focus may have gone with the one before.
  createEffect(
    on(
      () => location.pathname,
      () => catchFocus(pageStart),
      { defer: true },
    ),
  );
  // What went wrong before there was anybody, as a link that would not open, stays said.
  createEffect(on(useAsker(), (_now, before) => before !== undefined && dismissErrors()));
  const isOver = usePageDrop((file) => {
    setDroppedFile(file);
    navigate("/");
  });
  const once = everTrue;
  const [paletteUsed, shareUsed, helpUsed] = [once(isPaletteOpen), once(isShareOpen), once(isHelpOpen)];
  const whyUsed = once(() => whyAsked() !== undefined);
  const [rewindUsed, asideUsed] = [once(() => rewindAsked() !== undefined), once(isSetAsideOpen)];
  return (
    <>
      <GlyphSprite />
      {/* biome-ignore lint/a11y/useValidAnchor: a skip link; the router must not see its fragment */}
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById("main")?.focus();
        }}
      >
        {APP.skip}
      </a>
      <div class={`app ${isPhone() ? "is-phone" : ""} ${isTerminalOpen() ? "has-terminal" : ""}`}>
        <Show when={isPhone()} fallback={<TopBar />}>
          <PhoneHead />
        </Show>
        <Show when={!isPhone()}>
          <Rail />
        </Show>
        <main class="main" id="main" tabIndex={-1}>
          <Notices />
          {props.children}
        </main>
        <Show
          when={isTerminalOpen()}
          fallback={
            <Show when={!isPhone()}>
              <LineStrip />
            </Show>
          }
        >
          <Suspense>
            <TerminalDrawer />
          </Suspense>
        </Show>
        <ClockBar />
        <Show when={isPhone()}>
          <PhoneTabs />
        </Show>
      </div>
      <Suspense>
        <Show when={paletteUsed()}>
          <Palette />
        </Show>
        <Show when={shareUsed()}>
          <ShareDialog />
        </Show>
        <Show when={helpUsed()}>
          <KeyboardHelp />
        </Show>
        <Show when={whyUsed()}>
          <WhyDialog />
        </Show>
        <Show when={rewindUsed()}>
          <RewindDialog />
        </Show>
        <Show when={asideUsed()}>
          <SetAsideDialog />
        </Show>
      </Suspense>
      <Show when={isOver()}>
        <div class="page-drop" aria-hidden="true">
          <Glyph name="archive" size="l" />
          <b class="med">{APP.drop}</b>
          <span class="muted">{APP.dropWhy}</span>
        </div>
      </Show>
      <ToastRegion />
    </>
  );
}

/** False until the signal was true once: a lazy part is loaded on first use and stays. */
function everTrue(signal: () => boolean): () => boolean {
  const [was, setWas] = createSignal(false);
  createEffect(() => {
    if (signal()) setWas(true);
  });
  return was;
}
