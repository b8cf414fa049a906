import { type JSX, Show } from "solid-js";
import { askWhy, whyAsked } from "../client/denied.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { AccessExplained } from "./AccessExplained.tsx";
import { ACCESS as T } from "./strings.ts";

/** The denial that an error was about. */
export function WhyDialog(): JSX.Element {
  const close = (): void => void askWhy(undefined);
  return (
    <Dialog wide open={whyAsked() !== undefined} onClose={close} title={T.denied(whyAsked()?.action ?? "")}>
      <Show when={whyAsked()}>{(tree) => <AccessExplained tree={tree()} onLeave={close} />}</Show>
    </Dialog>
  );
}
