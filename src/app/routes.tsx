import type { RouteDefinition } from "@solidjs/router";
import { useLocation, useNavigate } from "@solidjs/router";
import { type Component, ErrorBoundary, type JSX, lazy, Suspense } from "solid-js";
import { asFailure } from "../client/failure.ts";
import { Empty, ErrorNote, Skeleton } from "../ui/notes.tsx";
import { Page } from "../ui/Page.tsx";
import { panelModules } from "./found-modules.ts";
import { PAGES, type PageId } from "./pages.ts";
import { APP } from "./strings.ts";

/** Sub-addresses that a page handles besides its own. */
const BELOW: Partial<Record<PageId, readonly string[]>> = {
  alarms: ["/new", "/:name"],
  logs: ["/:group", "/:group/filters/new"],
  iam: ["/:view", "/:view/:name"],
  trails: ["/:view", "/:view/:name"],
  events: ["/:view", "/rules/new", "/rules/:bus/:rule", "/rules/:bus/:rule/edit"],
  traces: ["/:trace"],
};

function panelOf(id: PageId): Component {
  const name = `${id.charAt(0).toUpperCase()}${id.slice(1)}Panel`;
  const load = panelModules[`../panels/${id}/${name}.tsx`];
  const label = PAGES.find((page) => page.id === id)?.label ?? id;
  if (load === undefined) return () => <MissingPage title={label} />;
  const Panel = lazy(async () => {
    const component = (await load())[name];
    if (component === undefined) throw new Error(`${name}.tsx does not export ${name}.`);
    return { default: component };
  });
  return () => (
    <ErrorBoundary fallback={(thrown: unknown, reset) => <BrokenPage title={label} thrown={thrown} onRetry={reset} />}>
      <Suspense fallback={<Skeleton rows={6} />}>
        <Panel />
      </Suspense>
    </ErrorBoundary>
  );
}

export function routes(): RouteDefinition[] {
  const pages = PAGES.map((page): RouteDefinition => {
    const paths = page.path === "/" ? ["/"] : [page.path, ...(BELOW[page.id] ?? []).map((sub) => page.path + sub)];
    return { path: paths, component: panelOf(page.id) };
  });
  return [...pages, { path: "*", component: NotFound }];
}

function MissingPage(props: { readonly title: string }): JSX.Element {
  const navigate = useNavigate();
  return (
    <Page title={props.title}>
      <Empty glyph="info" title={APP.pageMissing} action={{ label: APP.home, run: () => navigate("/") }}>
        {APP.pageMissingWhy}
      </Empty>
    </Page>
  );
}

function BrokenPage(props: { readonly title: string; readonly thrown: unknown; readonly onRetry: () => void }): JSX.Element {
  return (
    <Page title={props.title} scroll>
      <h2>{APP.pageBroken}</h2>
      <ErrorNote failure={asFailure(props.thrown)} onRetry={() => props.onRetry()} />
    </Page>
  );
}

function NotFound(): JSX.Element {
  const location = useLocation();
  const navigate = useNavigate();
  return (
    <Page title={APP.notFound}>
      <Empty glyph="deny" title={APP.notFound} action={{ label: APP.home, run: () => navigate("/") }}>
        {APP.notFoundWhy(location.pathname)}
      </Empty>
    </Page>
  );
}
