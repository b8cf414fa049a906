/** The Node part of `npm run bench`: `run.js OPTIONS.json OUT.json [TIMED.json]`. With TIMED it runs rg and grep instead. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { nativeTimes } from "./native.ts";
import type { Timed } from "./rows.ts";
import { type BenchOptions, kernelSuites } from "./suites.ts";

const [optionsFile, outFile, timedFile] = process.argv.slice(2) as [string, string, string | undefined];
const options = JSON.parse(readFileSync(optionsFile, "utf8")) as BenchOptions;
const answer =
  timedFile === undefined
    ? await kernelSuites(options, `Node ${process.versions.node}`, (line) => console.error(`  ${line}`))
    : nativeTimes(options.logBytes, JSON.parse(readFileSync(timedFile, "utf8")) as Timed[], path.dirname(outFile));
writeFileSync(outFile, JSON.stringify(answer));
