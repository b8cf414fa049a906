import { createRoot } from "solid-js";
import { render } from "solid-js/web";
import { connect } from "../client/connect.ts";
import type { Client } from "../client/context.ts";
import { asFailure } from "../client/failure.ts";
import { createPulse } from "../client/pulse.ts";
import { showToast } from "../ui/toasts.ts";
import { App } from "./App.tsx";
import { setAccountInfo } from "./account-info.ts";
import { boot } from "./boot.ts";
import { endFirstPaint, released } from "./first-paint.ts";
import { keepClock } from "./kept-clock.ts";
import { linkIn } from "./links.ts";
import { applyPreferences } from "./preferences.ts";
import { openScriptDoor } from "./script-door.ts";
import { APP } from "./strings.ts";

/**
 * How long the page waits with its drawing for the account, in milliseconds. The rail is there and can be clicked before;
 * an account that opens in that time is drawn once, with what it holds, on the page that was clicked.
 */
const PATIENCE = 250;

/** Opens the account and draws the page: with it, or at the end of patience what there is, and the rest comes in its place. */
export function start(host: HTMLElement): void {
  // The worker starts beside all that follows.
  const connection = connect();
  applyPreferences();
  const pulse = createRoot(() => createPulse(connection.pulses));
  const client: Client = { api: connection.api, pulse };
  const reload = { label: APP.reload, run: () => location.reload() };
  connection.onBroken((reason) => showToast({ severity: "error", title: APP.workerBroken, text: reason, action: reload }));

  const open = async (): Promise<void> => {
    try {
      setAccountInfo(await boot(connection.api));
    } catch (thrown) {
      const failure = asFailure(thrown);
      showToast({ severity: "error", title: failure.code, text: failure.message, action: reload });
    }
  };
  // The address of a link is taken away before the router sees it: a link is not a page.
  const opening = open();
  window.addEventListener("hashchange", (event) => {
    if (linkIn(location.hash) === undefined) return;
    event.stopImmediatePropagation();
    void open();
    // The address is plain again by now; the router goes where it points.
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  });
  openScriptDoor(connection.api);
  const draw = (): void => {
    const focusAgain = endFirstPaint(host);
    render(() => <App client={client} />, host);
    focusAgain();
  };
  void Promise.race([opening, new Promise((resolve) => setTimeout(resolve, PATIENCE))])
    .then(() => released(host))
    .then(draw);
  void opening.then(() => createRoot(() => keepClock(pulse)));
}
