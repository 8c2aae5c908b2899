import * as z from 'zod/mini';
import { section, value } from './documented.ts';
import { object, optionalImage } from './formats.ts';

/** `helm test`. */
export const tests = {
  tests: section(
    'What `helm test` runs: a pod that checks the health of XERV through the Service.',
    {
      enabled: value(
        z.boolean(),
        true,
        'Create the test. It costs nothing until `helm test` is run.',
      ),
      image: value(
        optionalImage,
        '',
        "Image of the pod; must contain sh and curl. Empty: XERV's own.",
        'curlimages/curl:8.16.0',
      ),
      resources: value(
        object,
        { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
        'Requests and limits of the pod.',
      ),
    },
  ),
};
