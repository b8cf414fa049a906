/** A door that remembers what it was asked and answers what the test says; and requests as clients write them. */
import type { ApiReply, ApiRequest } from "../../../workers/account/contract.ts";
import { loadModels } from "../../../workers/model/models.ts";
import type { HttpReply, HttpRequest } from "../../../workers/wire/http.ts";
import { createWire, type Door, type WireOptions } from "../../../workers/wire/wire.ts";

export const REQUEST_ID = "11111111-2222-4333-8444-555555555555";

export interface FakeDoor extends Door {
  readonly asked: ApiRequest[];
}

export function fakeDoor(answer: (request: ApiRequest) => Readonly<Record<string, unknown>> = () => ({})): FakeDoor {
  const asked: ApiRequest[] = [];
  return {
    asked,
    async call(request): Promise<ApiReply> {
      asked.push(request);
      return { requestId: REQUEST_ID, output: answer(request) };
    },
  };
}

export async function wireOver(door: Door, options?: WireOptions): Promise<(request: HttpRequest) => Promise<HttpReply>> {
  return createWire(door, await loadModels(), options);
}

const encoder = new TextEncoder();

export function signed(signingName: string, region = "us-east-1", key = "AKIAEXAMPLE"): Record<string, string> {
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${key}/20240101/${region}/${signingName}/aws4_request, SignedHeaders=host, Signature=0`,
  };
}

export function jsonRequest(target: string, body: unknown, headers: Record<string, string> = {}): HttpRequest {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return {
    method: "POST",
    path: "/",
    query: "",
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target, ...headers },
    body: encoder.encode(text),
  };
}

export function formRequest(fields: Readonly<Record<string, string>>, headers: Record<string, string> = {}, path = "/"): HttpRequest {
  const body = encoder.encode(new URLSearchParams(fields).toString());
  return {
    method: "POST",
    path,
    query: "",
    headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8", ...headers },
    body,
  };
}

export function restRequest(path: string, body: unknown, headers: Record<string, string> = {}): HttpRequest {
  return {
    method: "POST",
    path,
    query: "",
    headers: { "content-type": "application/json", ...headers },
    body: encoder.encode(JSON.stringify(body)),
  };
}

export const textOf = (reply: HttpReply): string => new TextDecoder().decode(reply.body);
export const jsonOf = (reply: HttpReply): Record<string, unknown> => JSON.parse(textOf(reply)) as Record<string, unknown>;
