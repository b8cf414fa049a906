/** The shell over a fake account, for looking at: `vite` serves it at /tests/browser/harness/. Not part of the build. */
import "../../../src/ui/styles/all.css";
import "./harness.css";
import { HashRouter } from "@solidjs/router";
import { render } from "solid-js/web";
import { routes } from "../../../src/app/routes.tsx";
import { Shell } from "../../../src/app/Shell.tsx";
import { ClientContext } from "../../../src/client/context.ts";
import { fakeClient } from "../app/fake-client.ts";
import { AlarmDemo } from "./AlarmDemo.tsx";
import { LogsDemo } from "./LogsDemo.tsx";

const fake = fakeClient();
const query = new URLSearchParams(location.search);
for (const name of ["theme", "density"]) if (query.has(name)) localStorage.setItem(`nephoscope.${name}`, query.get(name) ?? "");
const demos = [
  { path: "/alarms/:name", component: AlarmDemo },
  { path: "/logs/:group", component: LogsDemo },
];
render(
  () => (
    <ClientContext.Provider value={fake.client}>
      <HashRouter root={Shell}>{[...demos, ...routes()]}</HashRouter>
    </ClientContext.Provider>
  ),
  document.getElementById("root") as HTMLElement,
);
