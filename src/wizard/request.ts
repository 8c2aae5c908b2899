import { questions } from '../questions/catalogue.ts';
import type { Layer, Layers } from '../values/layers.ts';
import type { PlanRequest } from './plan.ts';
import { answerLayer, type Replay } from './replay.ts';
import type { WizardState } from './state.ts';

/** All that a plan of the present draft is made of. */
export function requestOf(state: WizardState, { layers, answers }: Replay): PlanRequest {
  const { draft, secrets } = state;
  const inForce = answers.filter(({ isSecret }) => isSecret).map(({ id }) => id);
  return {
    draft,
    layers,
    answers,
    secrets: Object.fromEntries(Object.entries(secrets).filter(([id]) => inForce.includes(id))),
  };
}

/**
 * The layers with the secrets in their places, for whoever takes them out into Secrets. They must
 * be kept in memory only.
 */
export function withSecrets({ layers, secrets }: PlanRequest): Layers {
  const added = Object.entries(secrets).flatMap(([id, secret]): Layer[] => {
    const question = questions.find((one) => one.id === id);
    const written = question?.write(secret.reveal());
    if (!question || !written?.ok) return [];
    return [answerLayer(question, '', written)];
  });
  return [...layers, ...added];
}
