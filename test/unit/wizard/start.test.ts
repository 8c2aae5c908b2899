import { describe, expect, it } from 'vitest';
import { known } from '../../../src/cluster/facts/facts.ts';
import { readPresets } from '../../../src/commands/preset-files.ts';
import { reduce } from '../../../src/wizard/reduce.ts';
import { reviewSections } from '../../../src/wizard/review-sections.ts';
import type { WizardState } from '../../../src/wizard/state.ts';
import { viewOf } from '../../../src/wizard/view/view-of.ts';
import { connectKey } from '../../../src/wizard/wanted.ts';
import { readRecording } from '../../support/recordings.ts';
import { packageRoot } from '../../support/terminal.ts';
import { connect, presets, press, review, startWizard } from '../../support/wizard.ts';

const live = { revision: 3, values: { replicaCount: 5, dispatch: { backend: 'raft' } } };

/** Labels of the options that are marked as what holds now. */
function markedNow(state: WizardState): readonly string[] {
  const { body } = viewOf(state);
  if (body.kind !== 'question') throw new Error(`${body.kind} is no question`);
  return body.options.filter(({ isCurrent }) => isCurrent).map(({ label }) => label);
}

describe('what is marked as it is now', () => {
  it('is no start that nobody has chosen', () => {
    const begun = connect(startWizard());
    expect(markedNow(begun)).toEqual([]);
    expect(markedNow(press(begun, 'enter', 'escape'))).toEqual(['Evaluation']);
  });

  it('is a start that flags gave', () => {
    const given = startWizard({ draft: { presets: ['production-raft'] } });
    expect(markedNow(press(connect(given), 'escape'))).toEqual(['Production Raft cluster']);
  });

  it('is nothing that is only proposed for a release that runs', () => {
    const asked = connect(startWizard(), { live });
    expect(asked.focus.step).toBe('intent');
    expect(markedNow(asked)).toEqual([]);
    const starting = press(asked, 'enter');
    expect(starting.focus.step).toBe('start');
    expect(markedNow(starting)).toEqual([]);
  });
});

describe('a change of a release that was seen late', () => {
  const early = (...keys: string[]) => connect(press(startWizard(), ...keys), { live });

  it.each([[['enter']], [['2']], [['3']], [['r']]])(
    'starts from what runs, whatever was chosen before: %s',
    (keys) => {
      const asked = early(...keys);
      expect(asked.focus.step).toBe('intent');
      const starting = press(asked, 'enter');
      expect(starting.focus.step).toBe('start');
      expect(starting.draft).toMatchObject({ intent: 'change', presets: [], resetValues: false });
      expect(starting.derived.preselected).toBe('live');
      const asking = press(starting, 'enter');
      expect(asking.focus.step).toBe('backend');
      expect(asking.derived.preselected).toBe('raft');
      expect(asking.derived.replay.values.replicaCount).toBe(5);
    },
  );

  it('keeps the start that flags gave', () => {
    const given = startWizard({ draft: { presets: ['evaluation'] } });
    const changing = press(connect(given, { live }), 'enter');
    expect(changing.draft.presets).toEqual(['evaluation']);
    expect(changing.focus.step).toBe('backend');
  });

  it('drops a start that was chosen instead of that of flags', () => {
    const given = startWizard({ draft: { presets: ['evaluation'] } });
    const chosen = press(given, 'escape', '2');
    expect(chosen.draft.presets).toEqual(['production-raft']);
    expect(press(connect(chosen, { live }), 'enter').draft.presets).toEqual([]);
  });

  it('keeps the start that was chosen for the change, also on the way back', () => {
    const changing = press(early(), 'enter', '2');
    expect(changing.draft.presets).toEqual(['evaluation']);
    const again = press(changing, 'escape', 'escape', 'enter');
    expect(again.focus.step).toBe('start');
    expect(again.draft.presets).toEqual(['evaluation']);
  });

  it('of a kept session starts from what runs, too', () => {
    const saved = {
      version: 1 as const,
      step: 'backend',
      draft: { ...startWizard().draft, presets: ['evaluation'] },
    };
    const resumed = connect(startWizard({ saved, resume: true }), { live });
    expect(resumed.focus.step).toBe('intent');
    expect(press(resumed, 'enter').draft).toMatchObject({ intent: 'change', presets: [] });
  });
});

describe('a release that somebody else has changed since it was looked at', () => {
  const planned = press(connect(startWizard(), { live }), 'enter', 'enter', 'r');
  const after = { revision: 4, values: { replicaCount: 7, dispatch: { backend: 'raft' } } };

  it('is told in the review as the plan saw it, and changed from there', () => {
    const seen = review(planned, { seen: { live: after } });
    expect(reviewSections(seen)[1]?.text).toMatch(/replicas: 7$/);
    expect(seen.derived.replay.values.replicaCount).toBe(7);
    expect(review(planned, { seen: { live } }).world).toBe(planned.world);
    expect(review(planned).world).toBe(planned.world);
  });
});

describe('additions', () => {
  const mesh = {
    name: 'istio',
    title: 'Istio service mesh',
    summary: 'Goes with any start.',
    values: { serviceMesh: { enabled: true } },
    isAddition: true,
  };
  const world = { presets: [...presets, mesh] };
  const offered = (state: WizardState) => {
    const { body } = viewOf(state);
    return body.kind === 'question' ? body.options.map(({ label }) => label) : [];
  };

  it('are no start of their own, and stack on one', () => {
    const start = connect(startWizard({ world }));
    expect(offered(start)).not.toContain('Istio service mesh');
    const asked = press(start, '2');
    expect(asked.focus.step).toBe('additions');
    expect(offered(asked)).toEqual(['Nothing', '+ Istio service mesh']);
    const added = press(asked, '2');
    expect(added.draft.presets).toEqual(['production-raft', 'istio']);
    expect(added.focus.step).toBe('additions');
    expect(offered(added)).toEqual(['That is all', '- Istio service mesh']);
    expect(press(added, '2').draft.presets).toEqual(['production-raft']);
    expect(press(added, 'enter').focus.step).toBe('backend');
    expect(press(added, 'r').phase).toMatchObject({ name: 'planning' });
  });

  it('stay where another start is chosen, and go with the defaults, too', () => {
    const added = press(connect(startWizard({ world })), '2', '2', 'escape');
    expect(press(added, '1').draft.presets).toEqual(['evaluation', 'istio']);
    const onDefaults = press(added, '3');
    expect(onDefaults.draft.presets).toEqual(['istio']);
    expect(reviewSections(onDefaults)[0]?.text).toBe("the chart's defaults, istio");
  });
});

describe('presets that cannot work here', () => {
  const base = { raft: '1', redis: '2', evaluation: '4' };

  /** Where the additions are asked for, with what was seen of a cluster. */
  async function additionsOn(
    recording: string | undefined,
    start: string,
    labels?: Readonly<Record<string, string>>,
  ) {
    const asked = connect(startWizard({ world: { presets: await readPresets(packageRoot) } }));
    if (recording === undefined) return press(asked, start);
    const { facts: recorded } = await readRecording(recording);
    const namespace = { exists: true, terminating: false, conditions: [], labels: labels ?? {} };
    const facts = labels ? { ...recorded, namespace: known(namespace) } : recorded;
    const key = connectKey(asked)?.key ?? '';
    return press(reduce(asked, { type: 'facts', key, facts }), start);
  }

  function blockedOn(state: WizardState) {
    const { body } = viewOf(state);
    if (body.kind !== 'question') throw new Error(`${body.kind} is no question`);
    return body.options.flatMap(({ value, blockedBy }) => (blockedBy ? [[value, blockedBy]] : []));
  }

  it('say so, as the answers do that they stand for', async () => {
    expect(blockedOn(await additionsOn('bare', base.redis))).toEqual([
      ['istio', 'XV-501'],
      ['keda', 'XV-405'],
      ['linkerd', 'XV-520'],
      ['observability', 'XV-601'],
      ['vpa', 'XV-410'],
    ]);
    expect(blockedOn(await additionsOn('add-ons', base.redis))).toEqual([]);
    expect(blockedOn(await additionsOn('add-ons', base.raft))).toEqual([['keda', 'XV-401']]);
  });

  it('say so of a namespace that takes no sidecars, and of a metrics server that is another', async () => {
    const noSidecars = await additionsOn('add-ons', base.redis, { 'istio-injection': 'disabled' });
    expect(blockedOn(noSidecars)).toEqual([['istio', 'XV-502']]);
    const body = JSON.stringify(viewOf(press(noSidecars, '2')).body);
    expect(body).toContain('callers in the mesh get 503');
    expect(body).toContain('kubectl label namespace xerv istio-injection-');
    const broken = await additionsOn('add-ons-broken', base.redis);
    expect(blockedOn(broken)).toContainEqual(['keda', 'XV-409']);
  });

  it('are not told from others while nothing is known of the cluster', async () => {
    expect(blockedOn(await additionsOn(undefined, base.redis))).toEqual([]);
  });

  it('are explained when chosen, and added for a reason', async () => {
    const chosen = press(await additionsOn('bare', base.evaluation), '2');
    expect(chosen.draft.presets).toEqual(['evaluation']);
    const { body } = viewOf(chosen);
    expect(JSON.stringify(body)).toContain('Istio is not installed.');
    // To do without it is not to add it.
    expect(JSON.stringify(body)).not.toContain('do without');
    expect(press(chosen, 'escape')).toMatchObject({
      focus: { step: 'additions' },
      draft: { presets: ['evaluation'] },
    });
    const added = press(chosen, 's', 'it comes tomorrow', 'enter');
    expect(added.focus.step).toBe('additions');
    expect(added.draft).toMatchObject({
      presets: ['evaluation', 'istio'],
      skips: { 'XV-501': 'it comes tomorrow' },
    });
  });

  it('are added with what mends them, and more can be added then', async () => {
    const mended = press(await additionsOn('bare', base.evaluation), '6', 'm');
    expect(mended.focus.step).toBe('additions');
    expect(mended.draft.presets).toEqual(['evaluation', 'observability']);
    expect(mended.derived.replay.values.metrics).toMatchObject({
      serviceMonitor: { enabled: false },
      scrapeAnnotations: true,
    });
  });

  it('are no longer told of once they were added: that goes for all of it', async () => {
    const early = press(await additionsOn(undefined, base.evaluation), '2');
    const { facts } = await readRecording('bare');
    const late = reduce(early, { type: 'facts', key: connectKey(early)?.key ?? '', facts });
    expect(blockedOn(late).map(([value]) => value)).not.toContain('none');
    expect(blockedOn(late).map(([, check]) => check)).not.toContain('XV-501');
  });

  it('to start from say so too, where others can', async () => {
    const draft = { answers: { autoscaling: 'hpa' } };
    const world = { presets: await readPresets(packageRoot) };
    const asked = connect(startWizard({ draft, world }));
    expect(blockedOn(asked)).toEqual([
      ['preset:production-raft', 'XV-401'],
      ['preset:evaluation', 'XV-203'],
    ]);
    const explained = press(asked, '1');
    expect(explained.overlays).toMatchObject([{ kind: 'finding', finding: { check: 'XV-401' } }]);
    expect(explained.draft.presets).toEqual([]);
  });
});
