import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { ensureTools } from '../../scripts/tools.mjs';

/** The bundled chart's folder. */
export const chart = fileURLToPath(new URL('../../charts/xerv', import.meta.url));

/** The helm versions that the chart is rendered with. */
export const helms = ['helm3', 'helm4'] as const;
export type Helm = (typeof helms)[number];

export interface RenderOptions {
  readonly helm?: Helm;
  readonly release?: string;
  readonly namespace?: string;
  /** More of helm's arguments, such as `--set`. */
  readonly args?: readonly string[];
}

export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Mount {
  readonly name: string;
  readonly mountPath: string;
  readonly [key: string]: unknown;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly EnvironmentVariable[];
  readonly ports: readonly Readonly<Record<string, unknown>>[];
  readonly volumeMounts: readonly Mount[];
  readonly resources?: unknown;
  readonly securityContext?: unknown;
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly volumes: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[];
  readonly [key: string]: unknown;
}

interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
}

/** What helm makes of the chart. */
export class Rendering {
  readonly text: string;
  readonly objects: readonly KubernetesObject[];

  /** @throws where helm's output is no YAML, or has a key twice in one map */
  constructor(text: string) {
    this.text = text;
    this.objects = parseAllDocuments(text).flatMap((document) => {
      if (document.errors.length > 0) throw document.errors[0];
      const object = document.toJS() as KubernetesObject | null;
      return object === null ? [] : [object];
    });
  }

  /** `Kind/name` of each object, sorted. */
  get names(): readonly string[] {
    return this.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();
  }

  /** The object of that kind and, where there are several, of that name, if there is one. */
  find(kind: string, name?: string): KubernetesObject | undefined {
    return this.objects.find(
      (object) => object.kind === kind && (name === undefined || object.metadata.name === name),
    );
  }

  /** @throws where there is no such object */
  get(kind: string, name?: string): KubernetesObject {
    const found = this.find(kind, name);
    if (!found) throw new Error(`no ${kind} ${name ?? ''} among ${this.names.join(', ')}`);
    return found;
  }

  /** The Deployment or the StatefulSet. */
  get workload(): KubernetesObject {
    return this.find('StatefulSet') ?? this.get('Deployment');
  }

  get podTemplate(): { readonly metadata: Metadata; readonly spec: PodSpec } {
    return this.workload.spec.template as { metadata: Metadata; spec: PodSpec };
  }

  get container(): Container {
    const [container] = this.podTemplate.spec.containers;
    if (!container) throw new Error('the pod has no container');
    return container;
  }

  /** The variables of the container by name. */
  get environment(): Readonly<Record<string, EnvironmentVariable>> {
    return Object.fromEntries(this.container.env.map((entry) => [entry.name, entry]));
  }

  /** The text of the variables that have one, by name. */
  get variables(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      this.container.env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
    );
  }
}

/**
 * Renders the chart with the real helm.
 * @param values as from a values file: an object, or its text
 * @throws with helm's error output, where helm refuses
 */
export async function render(
  values: object | string = {},
  options: RenderOptions = {},
): Promise<Rendering> {
  const { code, stdout, stderr } = await runTemplate(values, options);
  if (code !== 0) throw new Error(`helm template failed:\n${stderr}`);
  return new Rendering(stdout);
}

/** What helm says about values that it refuses. @throws where it takes them */
export async function renderError(
  values: object | string,
  options: RenderOptions = {},
): Promise<string> {
  const { code, stderr } = await runTemplate(values, options);
  if (code === 0) throw new Error('helm took the values');
  return stderr;
}

/** What helm 4 prints after an install with these values. (Helm 3 does so with a cluster only.) */
export async function renderNotes(values: object | string, release = 'xerv'): Promise<string> {
  const args = ['install', release, '--dry-run=client', '--output', 'json'];
  const { code, stdout, stderr } = await runHelm('helm4', args, values, 'team');
  if (code !== 0) throw new Error(`helm install failed:\n${stderr}`);
  return (JSON.parse(stdout) as { info: { notes: string } }).info.notes;
}

function runTemplate(
  values: object | string,
  { helm = 'helm4', release = 'xerv', namespace = 'team', args = [] }: RenderOptions,
): Promise<HelmResult> {
  return runHelm(helm, ['template', release, ...args], values, namespace);
}

interface HelmResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What helm answered in this process: files render the same values, and the chart stays as it is. */
const answers = new Map<string, Promise<HelmResult>>();

function runHelm(
  helm: Helm,
  args: readonly string[],
  values: object | string,
  namespace: string,
): Promise<HelmResult> {
  const input = typeof values === 'string' ? values : JSON.stringify(values);
  const key = JSON.stringify([helm, args, input, namespace]);
  const answer = answers.get(key) ?? startHelm(helm, [...args, '--namespace', namespace], input);
  answers.set(key, answer);
  return answer;
}

async function startHelm(helm: Helm, args: readonly string[], input: string): Promise<HelmResult> {
  const tools = await ensureTools();
  return new Promise((resolve) => {
    const child = execFile(
      tools[helm],
      [...args, chart, '--values', '-'],
      { maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) => resolve({ code: error ? 1 : 0, stdout, stderr }),
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}
