import { describe, expect, it } from 'vitest';
import { planSteps } from '../../../src/release/plan/steps.ts';
import type { PlannedData } from '../../../src/release/plan/types.ts';
import { viewOf } from '../../../src/wizard/view/view-of.ts';
import { willLines } from '../../../src/wizard/view/will.ts';
import { connect, finish, press, review, someReview, startWizard } from '../../support/wizard.ts';

const claims = (fate: PlannedData['fate'], message: string, ...ordinals: number[]): PlannedData[] =>
  ordinals.map((ordinal) => ({ claim: `data-xerv-${ordinal}`, size: '50Gi', fate, message }));

function will(data: readonly PlannedData[]): readonly string[] {
  const plan = someReview.plan;
  if (!plan) throw new Error('no plan');
  return willLines({ ...someReview, plan: { ...plan, data } }, true).map(({ text }) => text);
}

describe('what a plan would do', () => {
  it('counts claims that are alike', () => {
    expect(will(claims('created', 'new and empty', 0, 1, 2, 3, 4))).toEqual([
      'create 1 object: StatefulSet',
      '5 claims of 50Gi each: new and empty',
    ]);
    expect(will(claims('created', 'new and empty', 0))).toContain(
      'claim data-xerv-0, 50Gi: new and empty',
    );
  });

  it('names what is made beside helm, too', () => {
    const { plan } = someReview;
    if (!plan) throw new Error('no plan');
    const made = {
      action: 'install' as const,
      target: plan.target,
      createNamespace: true,
      claimsToKeep: [],
      secrets: [{ name: 'xerv-redis', exists: false }] as never,
      live: undefined,
      timeoutSeconds: 300,
    };
    const steps = planSteps(made, plan.objects, './xerv-values.yaml');
    expect(
      willLines({ ...someReview, plan: { ...plan, steps } }, true).map(({ text }) => text),
    ).toEqual([
      'create namespace xerv',
      'create Secret xerv-redis',
      'create 1 object: StatefulSet',
    ]);
  });

  it('says that the same is applied where nothing else is', () => {
    const { plan } = someReview;
    if (!plan) throw new Error('no plan');
    const objects = plan.objects.map((one) => ({ ...one, action: 'unchanged' as const }));
    expect(
      willLines({ ...someReview, plan: { ...plan, objects } }, true).map(({ text }) => text),
    ).toEqual(['apply the same again']);
  });

  it('names each claim whose data goes, before everything else', () => {
    const lines = will([
      ...claims('used', 'stays in use, with its data', 0, 1, 2),
      ...claims('deleted', 'deleted', 3, 4),
    ]);
    expect(lines).toEqual([
      'claim data-xerv-3, 50Gi: deleted',
      'claim data-xerv-4, 50Gi: deleted',
      'create 1 object: StatefulSet',
      '3 claims of 50Gi each: stays in use, with its data',
    ]);
  });
});

describe('the log lines of what failed', () => {
  const failed = (evidence: readonly string[]) => {
    const applying = press(review(press(connect(startWizard()), '2', 'r')), 'y');
    const cause = {
      cause: 'crash-loop' as const,
      object: 'Pod xerv-0',
      message: 'xerv-0 starts and ends again',
      evidence,
      next: '',
    };
    return finish(applying, 'failed', { diagnoses: [cause] });
  };
  const hints = (state: ReturnType<typeof failed>) => viewOf(state).keys.map(({ key }) => key);

  it('are shown where a diagnosis quotes some', () => {
    const ended = failed(['xerv ended: Error', 'log: no space left on device']);
    expect(hints(ended)).toContain('l');
    expect(viewOf(press(ended, 'l')).body).toMatchObject({
      kind: 'lines',
      title: 'Last log lines',
      lines: [{ text: 'Pod xerv-0' }, { text: 'no space left on device' }],
    });
    expect(viewOf(press(ended, 'l', 'enter')).body.kind).toBe('end');
  });

  it('are not offered where there are none', () => {
    const ended = failed(['xerv ended: Error']);
    expect(hints(ended)).not.toContain('l');
    expect(press(ended, 'l')).toBe(ended);
  });
});
