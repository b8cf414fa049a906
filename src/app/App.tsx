import { HashRouter } from "@solidjs/router";
import type { JSX } from "solid-js";
import { type Client, ClientContext } from "../client/context.ts";
import { routes } from "./routes.tsx";
import { Shell } from "./Shell.tsx";

/** The whole page over a client; tests give a fake one. */
export function App(props: { readonly client: Client }): JSX.Element {
  return (
    <ClientContext.Provider value={props.client}>
      <HashRouter root={Shell}>{routes()}</HashRouter>
    </ClientContext.Provider>
  );
}
