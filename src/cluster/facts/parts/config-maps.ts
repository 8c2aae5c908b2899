import * as z from 'zod/mini';
import type { FactSubject } from '../gather.ts';
import { gathering, takeAll, takeIfThere } from '../gathering.ts';
import { keysOnly } from './secrets.ts';

const configMapKeys = z.object({ data: keysOnly, binaryData: keysOnly });

/** Which of the ConfigMaps that are referred to exist, with the names of their keys. */
export const gatherConfigMaps = gathering<'configMaps', FactSubject>(
  async ({ reader, subject }) => {
    const path = `/api/v1/namespaces/${encodeURIComponent(subject.namespace)}/configmaps`;
    const entries = await takeAll(
      subject.configMaps.map(async (name) => {
        const found = takeIfThere(
          await reader.get(`${path}/${encodeURIComponent(name)}`, configMapKeys),
        );
        const keys = found ? [...found.data, ...found.binaryData].sort() : [];
        return [name, { exists: found !== undefined, keys }] as const;
      }),
    );
    return Object.fromEntries(entries);
  },
);
