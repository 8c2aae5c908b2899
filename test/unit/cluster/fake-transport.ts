import type {
  ApiAnswer,
  ApiRequest,
  Transport,
  TransportResult,
} from '../../../src/cluster/transport.ts';

/** A transport that answers what it is told and keeps what it was asked. */
export interface FakeTransport extends Transport {
  readonly requests: ApiRequest[];
}

type Reply = Partial<ApiAnswer> & { readonly json?: unknown };

/** @param reply the answer to the request with this number, from 0 */
export function fakeTransport(
  reply: (request: ApiRequest, index: number) => Reply | TransportResult,
): FakeTransport {
  const requests: ApiRequest[] = [];
  return {
    requests,
    send: async (request) => {
      requests.push(request);
      const given = reply(request, requests.length - 1);
      if ('answered' in given) return given;
      const { json, ...rest } = given;
      return {
        answered: true,
        answer: {
          status: 200,
          contentType: 'application/json',
          body: json === undefined ? '' : JSON.stringify(json),
          ...rest,
        },
      };
    },
    close: async () => {},
  };
}
