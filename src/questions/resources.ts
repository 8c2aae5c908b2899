import { parseQuantity } from '../values/quantity.ts';
import { textQuestion } from './kinds.ts';
import { plainOption } from './options.ts';
import { type Answer, accept, type Question, reject } from './question.ts';

type Resource = 'cpu' | 'memory';

/** Quantities of each resource as people write them (resource.Quantity). */
const forms: Readonly<Record<Resource, { readonly form: RegExp; readonly example: string }>> = {
  cpu: { form: /^(\d+m|\d+(\.\d{1,3})?)$/, example: '500m:2' },
  memory: { form: /^\d+(\.\d+)?(Ki|Mi|Gi|Ti|k|M|G|T)?$/, example: '1Gi:4Gi' },
};

function resourceQuestion(
  resource: Resource,
  words: Pick<Question, 'title' | 'help'>,
  amounts: Readonly<Record<'trial' | 'worker' | 'production', string>>,
): Question {
  return textQuestion({
    ...words,
    id: resource,
    short: resource === 'cpu' ? 'CPU {}' : 'memory {}',
    section: 'resources',
    placeholder: 'REQUEST[:LIMIT]',
    options: ({ values: { dispatch } }) => [
      plainOption(amounts.trial, meaning(amounts.trial, 'for trying out')),
      // Only of what waits outside of XERV do many small ones take their part.
      ...(dispatch.backend === 'redis' || dispatch.backend === 'nats'
        ? [plainOption(amounts.worker, meaning(amounts.worker, 'one worker among many'))]
        : []),
      plainOption(amounts.production, meaning(amounts.production, 'production')),
    ],
    read: ({ resources: { requests, limits } }) => {
      const [request, limit] = [String(requests[resource]), String(limits[resource])];
      return request === limit ? request : `${request}:${limit}`;
    },
    write: (answer) => parseAmounts(resource, answer),
  });
}

function meaning(amounts: string, purpose: string): string {
  const [request, limit] = amounts.split(':');
  return `request ${request}, limit ${limit}: ${purpose}`;
}

function parseAmounts(resource: Resource, answer: string): Answer {
  const { form, example } = forms[resource];
  const [request = '', limit = request, ...rest] = answer.split(':');
  const isValid = [request, limit].every((one) => form.test(one) && parseQuantity(one) > 0);
  if (!isValid || rest.length > 0)
    return reject('That is not an amount', `REQUEST[:LIMIT], for example: ${example}`);
  if (parseQuantity(request) > parseQuantity(limit))
    return reject(`A pod cannot request ${request} with a limit of ${limit}`);
  return accept({
    resources: { requests: { [resource]: request }, limits: { [resource]: limit } },
  });
}

export const resourceQuestions: readonly Question[] = [
  resourceQuestion(
    'cpu',
    {
      title: 'How much CPU should each pod have?',
      help: 'CPU request and limit of a pod; one amount sets both',
    },
    { trial: '100m:1000m', worker: '200m:1000m', production: '500m:2000m' },
  ),
  resourceQuestion(
    'memory',
    {
      title: 'How much memory should each pod have?',
      help: 'memory request and limit of a pod; one amount sets both',
    },
    { trial: '256Mi:1Gi', worker: '512Mi:2Gi', production: '1Gi:4Gi' },
  ),
];
