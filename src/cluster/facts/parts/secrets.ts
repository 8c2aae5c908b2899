import * as z from 'zod/mini';
import { text } from '../../objects/parts.ts';
import type { FactSubject } from '../gather.ts';
import { gathering, takeAll, takeIfThere } from '../gathering.ts';

/** The names of a map's keys; what stands under them is dropped where the answer is read. */
export const keysOnly = z._default(
  z.pipe(
    z.nullable(z.record(z.string(), z.unknown())),
    z.transform((map) => Object.keys(map ?? {}).sort()),
  ),
  [],
);

const secretKeys = z.object({ type: text, data: keysOnly });

/** Which of the Secrets that are referred to exist, with the names of their keys. */
export const gatherSecrets = gathering<'secrets', FactSubject>(async ({ reader, subject }) => {
  const path = `/api/v1/namespaces/${encodeURIComponent(subject.namespace)}/secrets`;
  const entries = await takeAll(
    subject.secrets.map(async (name) => {
      const found = takeIfThere(
        await reader.get(`${path}/${encodeURIComponent(name)}`, secretKeys),
      );
      return [
        name,
        { exists: found !== undefined, type: found?.type ?? '', keys: found?.data ?? [] },
      ] as const;
    }),
  );
  return Object.fromEntries(entries);
});
