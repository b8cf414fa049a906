// npm run screenshots: builds the page, fills an account from the sample log by the page's own ways, and takes pictures:
// docs/screenshot.png (the alarm page, 1440x900, light) and .cache/screenshots (every page, three sizes, two themes).
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";
import { buildPage } from "./build.mjs";
import { ensure, ensureChromium } from "./ensure.mjs";
import { serve } from "./serve.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
];
const GROUP = "/imported/corner-shop-checkout";
const TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call";

/** Runs a line through the script door; one that fails ends the run. */
async function aws(page, line) {
  const { stdout, stderr, exitCode } = await page.evaluate((text) => window.nephoscope.aws(text), line);
  if (exitCode !== 0) throw new Error(`${line}: ${stderr.trim()}`);
  return stdout.trim() === "" ? {} : JSON.parse(stdout);
}

/** The sample log as a replay, a metric filter, an alarm that tells a person, run until it fired and a little on. */
async function fill(page) {
  await page.getByRole("button", { name: "Open the sample" }).click();
  await page.getByText("First events").waitFor();
  await page.getByRole("radiogroup", { name: "How" }).getByText("Replay", { exact: true }).click();
  const group = await page.getByLabel("Log group", { exact: true }).inputValue();
  if (group !== GROUP) throw new Error(`The sample goes to ${group}, not to ${GROUP}.`);
  await page.getByRole("button", { name: "Replay", exact: true }).click();
  await page.waitForURL(/#\/logs\//);
  await page.evaluate(() => window.nephoscope.clock.pause());
  await aws(
    page,
    `logs put-metric-filter --log-group-name ${GROUP} --filter-name failed-orders --filter-pattern '"failed:"' --metric-transformations metricName=FailedOrders,metricNamespace=CornerShop,metricValue=1,defaultValue=0`,
  );
  await aws(page, "sns create-topic --name on-call");
  await aws(page, `sns subscribe --topic-arn ${TOPIC} --protocol email --notification-endpoint ada@example.com`);
  await aws(page, "sqs create-queue --queue-name incidents");
  await aws(page, `sns subscribe --topic-arn ${TOPIC} --protocol sqs --notification-endpoint arn:aws:sqs:us-east-1:123456789012:incidents`);
  await visit(page, "/inbox");
  await page.getByRole("button", { name: "Confirm subscription" }).first().click();
  await page.getByText("Subscription confirmed.").first().waitFor();
  const notes = page.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Dismiss" });
  while ((await notes.count()) > 0) await notes.first().click();
  await aws(
    page,
    `cloudwatch put-metric-alarm --alarm-name failed-orders --alarm-description 'Orders fail at the till' --namespace CornerShop --metric-name FailedOrders --statistic Sum --period 60 --evaluation-periods 3 --datapoints-to-alarm 2 --threshold 2 --comparison-operator GreaterThanThreshold --treat-missing-data notBreaching --alarm-actions ${TOPIC} --ok-actions ${TOPIC}`,
  );
  // Minute 24 of the sample brings the trouble; two of three minutes over the threshold bring the alarm.
  for (let minute = 0; minute < 40; minute++) {
    await page.evaluate(() => window.nephoscope.clock.advance(60));
    const { MetricAlarms } = await aws(page, "cloudwatch describe-alarms --state-value ALARM");
    if (MetricAlarms.length > 0) break;
    if (minute === 39) throw new Error("The alarm never fired.");
  }
  await page.evaluate(() => window.nephoscope.clock.advance(60));
}

async function visit(page, at) {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#${at}`);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForTimeout(900);
}

const PAGES = {
  home: "/",
  alarms: "/alarms",
  "alarm-new": "/alarms/new?namespace=CornerShop&metric=FailedOrders",
  alarm: "/alarms/failed-orders",
  metrics: "/metrics?namespace=CornerShop&metric=FailedOrders&stat=Sum",
  logs: "/logs",
  "log-group": `/logs/${encodeURIComponent(GROUP)}`,
  "log-filter": `/logs/${encodeURIComponent(GROUP)}/filters/new`,
  events: "/events",
  trail: "/trail",
  inbox: "/inbox",
  queues: "/queues",
  settings: "/settings",
  fidelity: "/fidelity",
};

await ensure();
const executablePath = process.env.CHROMIUM ?? ensureChromium();
const built = process.env.NEPHOSCOPE_PAGE;
if (built === undefined) buildPage();
const out = path.join(ROOT, ".cache/screenshots");
mkdirSync(out, { recursive: true });
mkdirSync(path.join(ROOT, "docs"), { recursive: true });
const { address, close } = await serve(path.resolve(ROOT, built ?? "dist/page"));
const browser = await chromium.launch({ executablePath, args: FLAGS });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });
  page.on("pageerror", (error) => console.error(`uncaught: ${error.message}`));
  await page.goto(address);
  await page
    .getByRole("group", { name: "Account clock" })
    .getByText(/^\d\d:\d\d:\d\d$/)
    .waitFor();
  await fill(page);
  await visit(page, PAGES.alarm);
  await page.screenshot({ path: path.join(ROOT, "docs/screenshot.png") });
  for (const theme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: theme });
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      for (const [name, at] of Object.entries(PAGES)) {
        await visit(page, at);
        await page.screenshot({ path: path.join(out, `${name}-${width}-${theme}.png`) });
      }
    }
  }
  console.log(`docs/screenshot.png and ${Object.keys(PAGES).length * SIZES.length * 2} pictures in .cache/screenshots`);
} finally {
  await browser.close();
  await close();
}
