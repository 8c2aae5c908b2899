import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { parseAnswer, parseValue } from './api-answer.ts';
import { toApiFailure } from './api-failure.ts';
import { objectMetadata } from './objects/parts.ts';
import { isReview } from './permissions.ts';
import { type ApiAnswer, type ApiRequest, applyPatch, type Transport } from './transport.ts';
import type { Api, ApiFailure, ApiResult, Page, PageOptions } from './types.ts';

/** Objects of one page of a list that is read to its end. */
const pageSize = 500;
/** How often a request that the server turned away for now is sent again. */
const retries = 3;
/** The first pause before that, in milliseconds; each next one is three times as long. */
const firstPause = 100;

const partialObjects = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

const listSchema = z.looseObject({
  metadata: z.optional(
    z.looseObject({
      continue: z.optional(z.string()),
      remainingItemCount: z.optional(z.number()),
    }),
  ),
  items: z._default(z.nullable(z.array(z.unknown())), []),
});

const anyJson = z.record(z.string(), z.unknown());

const metadataOnly = z.pipe(
  z.looseObject({ metadata: objectMetadata }),
  z.transform(({ metadata }) => metadata),
);

type Sent =
  | { ok: true; answer: ApiAnswer }
  | { ok: false; failure: ApiFailure; warnings?: readonly string[] };

/**
 * Requests to the API server over a transport: time limits, retries, pages and parsing.
 *
 * @param transport how requests get there; `close` closes it
 * @param timeoutMilliseconds of one call, its retries included (each page of a list has its own)
 */
export function createApi(transport: Transport, timeoutMilliseconds: number): Api {
  const send = async (request: Omit<ApiRequest, 'timeoutMilliseconds'>): Promise<Sent> => {
    const deadline = Date.now() + timeoutMilliseconds;
    for (let attempt = 0; ; attempt += 1) {
      const left = Math.max(deadline - Date.now(), 1);
      const result = await transport.send({ ...request, timeoutMilliseconds: left });
      if (!result.answered) return { ok: false, failure: result.failure };
      const { answer } = result;
      if (answer.status >= 200 && answer.status < 300) return { ok: true, answer };
      const failure = toApiFailure(answer);
      const pause = pauseBeforeRetry(request, answer, failure, attempt);
      if (pause === undefined || Date.now() + pause >= deadline)
        return { ok: false, failure, ...(answer.warnings && { warnings: answer.warnings }) };
      try {
        await sleep(pause, undefined, request.signal && { signal: request.signal });
      } catch {
        return { ok: false, failure: { kind: 'cancelled', message: 'the request was cancelled' } };
      }
    }
  };

  const sendJson = async <T>(
    request: Omit<ApiRequest, 'timeoutMilliseconds'>,
    schema: z.ZodMiniType<T>,
  ): Promise<ApiResult<T>> => {
    const sent = await send(request);
    if (!sent.ok) return sent;
    return parseAnswer(sent.answer.body, schema, `${request.method} ${request.path}`);
  };

  const page = async <T>(
    path: string,
    item: z.ZodMiniType<T>,
    { limit, token }: PageOptions,
    signal: AbortSignal | undefined,
    accept?: string,
  ): Promise<ApiResult<Page<T>>> => {
    const answer = await sendJson(
      { method: 'GET', path: pageOf(path, limit, token), ...(accept && { accept }), signal },
      listSchema,
    );
    if (!answer.ok) return answer;
    const items: T[] = [];
    for (const raw of answer.value.items ?? []) {
      const parsed = parseValue(raw, item, `an item of GET ${path}`);
      if (!parsed.ok) return parsed;
      items.push(parsed.value);
    }
    const { continue: next, remainingItemCount: remaining = 0 } = answer.value.metadata ?? {};
    return { ok: true, value: { items, next: next || undefined, remaining } };
  };

  const list = async <T>(
    path: string,
    item: z.ZodMiniType<T>,
    signal: AbortSignal | undefined,
    accept?: string,
  ): Promise<ApiResult<T[]>> => {
    let items: T[] = [];
    let token: string | undefined;
    let startedOver = false;
    for (;;) {
      const answer = await page(path, item, { limit: pageSize, token }, signal, accept);
      if (!answer.ok && answer.failure.status === 410 && token && !startedOver) {
        // The server has forgotten that snapshot meanwhile.
        startedOver = true;
        items = [];
        token = undefined;
        continue;
      }
      if (!answer.ok) return answer;
      items.push(...answer.value.items);
      token = answer.value.next;
      if (!token) return { ok: true, value: items };
    }
  };

  return {
    get: (path, schema, signal) => sendJson({ method: 'GET', path, signal }, schema),
    list: (path, item, signal) => list(path, item, signal),
    page: (path, item, options, signal) => page(path, item, options, signal),
    listMetadata: (path, signal) => list(path, metadataOnly, signal, partialObjects),
    text: async (path, signal) => {
      const sent = await send({ method: 'GET', path, accept: '*/*', signal });
      return sent.ok ? { ok: true, value: sent.answer.body } : sent;
    },
    post: (path, body, schema, signal) =>
      sendJson({ method: 'POST', path, body: JSON.stringify(body), signal }, schema),
    patch: (path, body, schema, signal) =>
      sendJson({ method: 'PATCH', path, body: JSON.stringify(body), signal }, schema),
    tryOut: async ({ method, path, object, fieldManager, force }, signal) => {
      const query = new URLSearchParams({ dryRun: 'All', fieldManager, fieldValidation: 'Strict' });
      if (method === 'apply') query.set('force', String(force === true));
      const what = {
        path: `${path}?${query}`,
        body: JSON.stringify(object),
        ...(signal && { signal }),
      };
      const sent = await send(
        method === 'create'
          ? { method: 'POST', ...what }
          : { method: 'PATCH', ...(method === 'apply' && { contentType: applyPatch }), ...what },
      );
      if (!sent.ok) return { result: sent, warnings: sent.warnings ?? [] };
      return {
        result: parseAnswer(sent.answer.body, anyJson, `the dry run of ${path}`),
        warnings: sent.answer.warnings ?? [],
      };
    },
    delete: async (path, options = {}, signal) => {
      const body = JSON.stringify({
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        ...(options.uid !== undefined && { preconditions: { uid: options.uid } }),
        ...(options.propagationPolicy && { propagationPolicy: options.propagationPolicy }),
      });
      const sent = await send({ method: 'DELETE', path, body, signal });
      return sent.ok ? { ok: true, value: undefined } : sent;
    },
    close: () => transport.close(),
  };
}

const isDryRun = (path: string) => /[?&]dryRun=All/.test(path);

/**
 * A read is sent again where the server is busy or failing; a write only where the server says
 * when, since only then it has surely done nothing. Where kubectl could not get through to the
 * server at all, the user is told at once.
 */
function pauseBeforeRetry(
  { method, path }: Pick<ApiRequest, 'method' | 'path'>,
  { status, retryAfterSeconds }: ApiAnswer,
  { kind, message }: ApiFailure,
  attempt: number,
): number | undefined {
  if (attempt >= retries || kind === 'unreachable' || kind === 'unauthorized') return undefined;
  if (status !== 429 && status < 500) return undefined;
  // A webhook that does not answer will not do so at once, either.
  const isRead = method === 'GET' || isReview(path) || isDryRun(path);
  if (!isRead && retryAfterSeconds === undefined) return undefined;
  if (/webhook/.test(message)) return undefined;
  return retryAfterSeconds === undefined
    ? firstPause * 3 ** attempt
    : Math.max(retryAfterSeconds * 1000, firstPause);
}

/** A continued list must not name a resource version again. */
function pageOf(path: string, limit: number, token: string | undefined): string {
  const [base = path, query = ''] = path.split('?', 2);
  const search = new URLSearchParams(query);
  search.set('limit', String(limit));
  if (token) {
    search.set('continue', token);
    search.delete('resourceVersion');
    search.delete('resourceVersionMatch');
  }
  return `${base}?${search}`;
}
