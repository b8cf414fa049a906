/** The console's pages, in the order of the rail. */
import type { GlyphName } from "../ui/Glyph.tsx";
import { busRulesPath, GROUPS_PATH, NEW_ALARM_PATH, RULES_PATH, rulePath, SAMPLING_PATH } from "./paths.ts";

export type PageId =
  | "home"
  | "alarms"
  | "metrics"
  | "logs"
  | "events"
  | "traces"
  | "trail"
  | "trails"
  | "iam"
  | "inbox"
  | "queues"
  | "settings"
  | "fidelity";

export interface PageInfo {
  readonly id: PageId;
  readonly path: string;
  /** AWS's own word for it. */
  readonly label: string;
  /** Short, for the phone's bar. */
  readonly short?: string;
  readonly glyph: GlyphName;
  /** Second key after `g`. */
  readonly key: string;
}

export interface PageGroup {
  readonly label: string;
  /** Class that carries the service's hue. */
  readonly hue: string;
  readonly pages: readonly PageInfo[];
}

export const HOME: PageInfo = { id: "home", path: "/", label: "Home", glyph: "home", key: "h" };

export const GROUPS: readonly PageGroup[] = [
  {
    label: "CloudWatch",
    hue: "sv-metrics",
    pages: [
      { id: "alarms", path: "/alarms", label: "Alarms", glyph: "alarm", key: "a" },
      { id: "metrics", path: "/metrics", label: "Metrics", glyph: "metrics", key: "m" },
    ],
  },
  {
    label: "Logs",
    hue: "sv-logs",
    pages: [{ id: "logs", path: "/logs", label: "Log groups", short: "Logs", glyph: "logs", key: "l" }],
  },
  {
    label: "EventBridge",
    hue: "sv-events",
    pages: [{ id: "events", path: "/events", label: "Event bus", glyph: "bus", key: "e" }],
  },
  {
    label: "X-Ray",
    hue: "sv-xray",
    pages: [{ id: "traces", path: "/traces", label: "Traces", glyph: "trace", key: "x" }],
  },
  {
    label: "CloudTrail",
    hue: "sv-trail",
    pages: [
      { id: "trail", path: "/trail", label: "Event history", glyph: "trail", key: "t" },
      { id: "trails", path: "/trails", label: "Trails", glyph: "store", key: "r" },
    ],
  },
  {
    label: "Security",
    hue: "sv-iam",
    pages: [{ id: "iam", path: "/iam", label: "Roles and policies", short: "IAM", glyph: "key", key: "p" }],
  },
  {
    label: "SNS, SQS",
    hue: "sv-iam",
    pages: [
      { id: "inbox", path: "/inbox", label: "Inbox", glyph: "topic", key: "i" },
      { id: "queues", path: "/queues", label: "Queues", glyph: "queue", key: "q" },
    ],
  },
];

export const FOOT: readonly PageInfo[] = [
  { id: "settings", path: "/settings", label: "Settings", glyph: "theme", key: "s" },
  { id: "fidelity", path: "/fidelity", label: "Fidelity", glyph: "fidelity", key: "f" },
];

export const PAGES: readonly PageInfo[] = [HOME, ...GROUPS.flatMap((group) => group.pages), ...FOOT];

/** The page that an address belongs to. */
export function pageOf(path: string): PageInfo | undefined {
  const head = `/${path.split("/")[1] ?? ""}`;
  return PAGES.find((page) => page.path === head);
}

export interface Crumb {
  readonly label: string;
  /** Absent for the last one, and for a service's own name. */
  readonly path?: string;
}

/** Where we are, in AWS's names. `query` is what follows the path: a form that edits says so. */
export function crumbsOf(path: string, query = ""): readonly Crumb[] {
  const page = pageOf(path);
  if (page === undefined) return [{ label: "Not found" }];
  const group = GROUPS.find((one) => one.pages.includes(page));
  const rest = path.split("/").slice(2).filter(Boolean).map(decoded);
  const verb = new URLSearchParams(query).has("edit") ? "Edit" : "Create";
  const crumbs: Crumb[] = [];
  if (group !== undefined) crumbs.push({ label: group.label });
  if (rest.length === 0) return [...crumbs, { label: page.label }];
  crumbs.push({ label: page.label, path: page.path });
  if (page.id === "iam" || page.id === "trails") return [...crumbs, ...viewCrumbs(page.path, rest)];
  if (page.id === "events") return [...crumbs, ...eventCrumbs(rest, path)];
  const known = TRACE_VIEWS[path];
  if (known !== undefined) return [...crumbs, { label: known }];
  rest.forEach((part, at) => {
    const isLast = at === rest.length - 1;
    // By the address as it is written: an alarm or a log group may be named `new`.
    const form = !isLast ? undefined : path === NEW_ALARM_PATH ? "alarm" : path.endsWith("/filters/new") ? "metric filter" : undefined;
    const label = form === undefined ? part : `${verb} ${form}`;
    if (part === "filters") return;
    crumbs.push(
      isLast
        ? { label }
        : {
            label,
            path: `${page.path}/${rest
              .slice(0, at + 1)
              .map(encodeURIComponent)
              .join("/")}`,
          },
    );
  });
  return crumbs;
}

/** `/events/rules/:bus/:rule/edit`: a bus stands for its rules. */
function eventCrumbs([view = "", bus, rule, verb]: readonly string[], path: string): readonly Crumb[] {
  const head = { label: EVENT_VIEWS[view] ?? view };
  if (bus === undefined) return [head];
  const rules = { ...head, path: RULES_PATH };
  if (path === `${RULES_PATH}/new`) return [rules, { label: "Create rule" }];
  if (rule === undefined) return [rules, { label: bus }];
  const crumbs = [rules, { label: bus, path: busRulesPath(bus) }];
  return verb === undefined
    ? [...crumbs, { label: rule }]
    : [...crumbs, { label: rule, path: rulePath(bus, rule) }, { label: "Edit rule" }];
}

/** `/iam/users/:name`, `/trails/buckets/:name`: a view that lists, then one of it. */
function viewCrumbs(base: string, [view = "", name]: readonly string[]): readonly Crumb[] {
  const known = SUB_VIEWS[`${base}/${view}`];
  const head = { label: known ?? view };
  if (name === undefined) return [head];
  const last = { label: name.startsWith("arn:") ? (name.split("/").at(-1) ?? name) : name };
  return known === undefined || view === "users" || view === "roles" ? [last] : [{ ...head, path: `${base}/${view}` }, last];
}

const SUB_VIEWS: Readonly<Record<string, string>> = {
  "/iam/policies": "Policies",
  "/iam/simulator": "Simulator",
  "/trails/new": "Create trail",
  "/trails/buckets": "Buckets",
};

const EVENT_VIEWS: Readonly<Record<string, string>> = { rules: "Rules", buses: "Buses", deliveries: "Deliveries", sandbox: "Sandbox" };

const TRACE_VIEWS: Readonly<Record<string, string>> = { [SAMPLING_PATH]: "Sampling rules", [GROUPS_PATH]: "Groups" };

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
