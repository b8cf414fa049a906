/**
 * A log of our own making for the third door of Home: forty minutes of a corner shop's checkout. From minute 24 on the
 * payment provider answers slowly and orders fail; at minute 31 it recovers. The same text at every call.
 */

const START = Date.UTC(2026, 2, 12, 8, 40, 0);
const MINUTES = 40;
const TROUBLE = { from: 24, to: 31 };

/** A small generator of whole numbers (Lehmer), so that the sample never changes. */
function lehmer(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

const ITEMS = ["bread", "milk", "apples", "coffee", "candles", "postcards", "umbrella", "soap"] as const;
const PATHS = ["/", "/catalog", "/catalog/bread", "/basket", "/checkout", "/orders"] as const;
const pad = (n: number, width: number): string => String(n).padStart(width, "0");

function line(at: number, level: string, source: string, text: string): string {
  return `${new Date(at).toISOString()} ${level.padEnd(5)} [${source}] ${text}`;
}

/** About 2,600 lines with ISO 8601 timestamps; stack traces span several lines. */
export function sampleLog(): string {
  const draw = lehmer(20260312);
  const lines: string[] = [];
  let order = 73_100;
  for (let minute = 0; minute < MINUTES; minute++) {
    const trouble = minute >= TROUBLE.from && minute < TROUBLE.to;
    const requests = 46 + draw(14);
    for (let i = 0; i < requests; i++) {
      const at = START + minute * 60_000 + Math.floor((i * 60_000) / requests) + draw(400);
      const path = PATHS[draw(PATHS.length)] as string;
      if (path !== "/checkout") {
        lines.push(line(at, "INFO", "web", `GET ${path} 200 ${3 + draw(40)} ms`));
        continue;
      }
      const id = `o-${++order}`;
      const cents = 250 + draw(9_000);
      lines.push(line(at, "INFO", "checkout", `order ${id} started items=${1 + draw(4)} first=${ITEMS[draw(ITEMS.length)]}`));
      if (trouble && draw(100) < 62) {
        const waited = 2_900 + draw(120);
        lines.push(line(at + waited, "ERROR", "checkout", `order ${id} failed: payment provider timed out after ${waited} ms`));
        lines.push("    at charge (payments.js:88:13)", `    at placeOrder (checkout.js:${40 + draw(9)}:7)`);
        if (draw(3) === 0) lines.push(line(at + waited + 40, "WARN", "checkout", `order ${id} retry scheduled in ${1 + draw(4)} s`));
      } else {
        lines.push(
          line(
            at + 90 + draw(200),
            "INFO",
            "checkout",
            `order ${id} placed cents=${pad(cents, 4)} payment=${trouble ? 900 + draw(1800) : 80 + draw(160)} ms`,
          ),
        );
      }
    }
    if (minute % 5 === 0)
      lines.push(line(START + minute * 60_000 + 59_000, "INFO", "health", `uptime=${minute + 3}m heap=${180 + draw(60)}MB`));
  }
  return `${lines.join("\n")}\n`;
}
