/** put-metric-data's own options, which the CLI folds into the first element of MetricData. */
import { floatOf, integerOf, ShorthandError } from "./shorthand.ts";
import { UsageError } from "./usage-error.ts";
import { timestampOf } from "./values.ts";

/** Value of one flattened member: `Dimensions` out of `A=b,C=d`, `StatisticValues` out of `Sum=1,Minimum=0`, else a scalar. */
export function metricDatumValue(option: string, member: string, text: string): unknown {
  try {
    switch (member) {
      case "Dimensions":
        return pairs(option, text).map(([Name, Value]) => ({ Name, Value }));
      case "StatisticValues":
        return Object.fromEntries(pairs(option, text).map(([name, value]) => [name, floatOf(value)]));
      case "Value":
        return floatOf(text);
      case "StorageResolution":
        return integerOf(text);
      case "Timestamp":
        return timestampOf(text, "MetricData[0].Timestamp");
      default:
        return text;
    }
  } catch (error) {
    if (!(error instanceof ShorthandError)) throw error;
    throw new UsageError(error.message, { hint: `look at ${option}` });
  }
}

function pairs(option: string, text: string): readonly (readonly [string, string])[] {
  return splitOnCommas(text).map((part) => {
    const at = part.indexOf("=");
    if (at < 0 || part.includes("=", at + 1)) {
      throw new UsageError(`${at < 0 ? "not enough" : "too many"} values to unpack (expected 2)`, {
        hint: `${option} takes Name=Value pairs with commas between them, each name as it is: InstanceType=t2.micro,AvailabilityZone=us-east-1a`,
      });
    }
    return [part.slice(0, at), part.slice(at + 1)];
  });
}

/** Commas part the pairs, except inside quotes or after a backslash; quotes go. */
function splitOnCommas(text: string): readonly string[] {
  const parts: string[] = [];
  let part = "";
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const ch = text[at]!;
    if (ch === "\\" && at + 1 < text.length) part += text[++at];
    else if (quote !== "" && ch === quote) quote = "";
    else if (quote === "" && (ch === '"' || ch === "'")) quote = ch;
    else if (quote === "" && ch === ",") {
      parts.push(part);
      part = "";
    } else part += ch;
  }
  parts.push(part);
  return parts;
}
