import { type Accessor, createSignal, onCleanup } from "solid-js";
import type { Pulse } from "../../workers/api.ts";

/** The last pulse heard on a port; undefined until the first. Stops listening with its owner. */
export function createPulse(port: MessagePort): Accessor<Pulse | undefined> {
  const [pulse, setPulse] = createSignal<Pulse>();
  const hear = (event: MessageEvent<Pulse>): void => {
    setPulse(() => event.data);
  };
  port.addEventListener("message", hear);
  port.start();
  onCleanup(() => port.removeEventListener("message", hear));
  return pulse;
}
