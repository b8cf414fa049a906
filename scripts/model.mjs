// Writes workers/model/generated/: one JSON model and one file of TypeScript types per service, from the botocore
// models inside the npm package of the AWS CLI (Apache-2.0; see NOTICE). Prose is left out. Not committed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "node:zlib";
import { SERVICES } from "./model-services.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const target = path.join(root, "workers/model/generated");
const archive = path.join(root, "node_modules/@aws-cdk/asset-awscli-v1/lib/layer.zip");

/** Reads the named entries of a zip archive: central directory backwards from its end record, then inflate. */
function readZip(file, wanted) {
  const zip = readFileSync(file);
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== 0x06054b50) end--;
  if (end < 0) throw new Error(`${file} is not a zip archive`);
  const found = new Map();
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [nameLength, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const name = zip.toString("utf8", at + 46, at + 46 + nameLength);
    const key = wanted(name);
    if (key !== undefined) {
      const local = zip.readUInt32LE(at + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const body = zip.subarray(start, start + size);
      found.set(key, (method === 0 ? body : inflateRawSync(body)).toString("utf8"));
    }
    at += 46 + nameLength + extra + comment;
  }
  return found;
}

/** Keywords of the model that are prose or say nothing about what a call may hold. */
const PROSE = new Set([
  "documentation",
  "documentationUrl",
  "deprecatedMessage",
  "deprecatedSince",
  "synthetic",
  "idempotencyToken",
  "sensitive",
  "hostLabel",
  "contextParam",
  "staticContextParams",
  "operationContextParams",
  "endpoint",
  "auth",
  "unsignedPayload",
  "endpointdiscovery",
  "smokeTests",
  "examples",
  "idempotent",
  "readonly",
  "deprecated",
  "wrapper",
  "fault",
]);

function stripped(value) {
  if (Array.isArray(value)) return value.map(stripped);
  if (value === null || typeof value !== "object") return value;
  const out = {};
  for (const [key, inner] of Object.entries(value)) {
    // Members may be named like prose ("documentation"); only the model's own keywords are dropped.
    if (key === "members") out[key] = Object.fromEntries(Object.entries(inner).map(([n, m]) => [n, stripped(m)]));
    else if (!PROSE.has(key)) out[key] = stripped(inner);
  }
  return out;
}

function reachable(shapes, from) {
  const seen = new Set();
  const visit = (name) => {
    if (name === undefined || seen.has(name)) return;
    seen.add(name);
    const shape = shapes[name];
    for (const ref of [...Object.values(shape.members ?? {}), shape.member, shape.key, shape.value]) visit(ref?.shape);
  };
  from.forEach(visit);
  return seen;
}

function compactModel(service, source, keep) {
  const { metadata, operations, shapes } = source;
  const ops = {};
  const roots = [];
  for (const [name, op] of Object.entries(operations)) {
    const { method, requestUri, responseCode } = op.http;
    const known = { name, http: { method, requestUri, ...(responseCode === undefined ? {} : { responseCode }) } };
    if (!keep || keep.includes(name)) {
      if (op.input) known.input = op.input.shape;
      if (op.output) known.output = op.output.shape;
      if (op.output?.resultWrapper) known.resultWrapper = op.output.resultWrapper;
      if (op.errors?.length) known.errors = op.errors.map((e) => e.shape);
      roots.push(known.input, known.output, ...(known.errors ?? []));
    }
    ops[name] = known;
  }
  const used = reachable(shapes, roots.filter(Boolean));
  const kept = {};
  for (const name of Object.keys(shapes)) if (used.has(name)) kept[name] = stripped(shapes[name]);
  const {
    apiVersion,
    endpointPrefix,
    serviceId,
    protocol,
    protocols,
    jsonVersion,
    targetPrefix,
    xmlNamespace,
    signingName,
    awsQueryCompatible,
  } = metadata;
  return {
    service,
    metadata: {
      apiVersion,
      endpointPrefix,
      serviceId,
      protocol,
      protocols,
      jsonVersion,
      targetPrefix,
      xmlNamespace,
      signingName,
      awsQueryCompatible,
    },
    operations: ops,
    shapes: kept,
  };
}

const IDENT = /^[A-Za-z_$][\w$]*$/;
const key = (name) => (IDENT.test(name) ? name : JSON.stringify(name));

function typesOf(model) {
  const ref = (name) => {
    const shape = model.shapes[name];
    if (shape.type === "list") return `readonly ${wrapped(ref(shape.member.shape))}[]`;
    if (shape.type === "map") return `Readonly<Record<string, ${ref(shape.value.shape)}>>`;
    if (shape.type === "string") return shape.enum ? shape.enum.map((v) => JSON.stringify(v)).join(" | ") : "string";
    if (shape.type === "boolean") return "boolean";
    if (shape.type === "blob") return "Uint8Array";
    if (shape.type === "structure") return shape.document ? "unknown" : typeName(name);
    return "number";
  };
  const wrapped = (text) => (text.includes(" ") ? `(${text})` : text);
  const typeName = (name) => name.replace(/[^\w$]/g, "_");
  const lines = [
    `// Generated by scripts/model.mjs from the ${model.service} API model ${model.metadata.apiVersion}. Timestamps are epoch milliseconds.`,
  ];
  const emitted = new Set();
  const structure = (name, alias) => {
    if (emitted.has(alias)) return;
    emitted.add(alias);
    const shape = model.shapes[name];
    const members = Object.entries(shape.members).map(
      ([m, r]) => `  readonly ${key(m)}${shape.required?.includes(m) ? "" : "?"}: ${ref(r.shape)};`,
    );
    lines.push(members.length ? `export interface ${alias} {\n${members.join("\n")}\n}` : `export type ${alias} = Record<string, never>;`);
  };
  for (const [name, shape] of Object.entries(model.shapes)) {
    // A structure that refers to itself through a list needs an interface, which all of these are.
    if (shape.type === "structure" && !shape.document) structure(name, typeName(name));
  }
  // `Operations` names input and output per operation, whatever the model calls the shapes.
  const rows = Object.values(model.operations).map(
    (op) =>
      `  readonly ${op.name}: { readonly input: ${op.input ? typeName(op.input) : "Record<string, never>"}; readonly output: ${op.output ? typeName(op.output) : "Record<string, never>"} };`,
  );
  lines.push(`/** Input and output of every operation, by AWS's name. */\nexport interface Operations {\n${rows.join("\n")}\n}`);
  return `${lines.join("\n")}\n`;
}

/** Generates the models when they are missing or made by another version of this script or package. */
export function ensureModels() {
  const stamp = createHash("sha256")
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .update(JSON.stringify(SERVICES))
    .update(readFileSync(path.join(root, "node_modules/@aws-cdk/asset-awscli-v1/package.json")))
    .digest("hex");
  const stampFile = path.join(target, "stamp");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  const wanted = new Map(Object.entries(SERVICES).map(([s, { version }]) => [`botocore/data/${s}/${version}/service-2.json`, s]));
  const found = readZip(archive, (name) => {
    for (const [suffix, service] of wanted) if (name.endsWith(suffix)) return service;
    return undefined;
  });
  mkdirSync(target, { recursive: true });
  for (const [service, { keep, core }] of Object.entries(SERVICES)) {
    const text = found.get(service);
    if (text === undefined) throw new Error(`no model of ${service} in ${path.basename(archive)}`);
    const model = compactModel(service, JSON.parse(text), keep);
    writeFileSync(path.join(target, `${service}.json`), JSON.stringify(model));
    writeFileSync(path.join(target, `${service}.core.json`), JSON.stringify(compactModel(service, JSON.parse(text), core ?? keep)));
    writeFileSync(path.join(target, `${service}.ts`), typesOf(model));
  }
  writeFileSync(stampFile, stamp);
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) ensureModels();
