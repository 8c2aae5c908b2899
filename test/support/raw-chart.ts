import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** What stands in the Chart.yaml of {@link makeRawChart}. */
export const rawChart = { name: 'raw', version: '0.3.0', appVersion: '1.2' } as const;

/**
 * A chart whose objects are given by the values (`objects`, and `hooks` before an upgrade), so
 * that helm can be made to do anything. Removed after the test.
 *
 * @returns its directory
 */
export async function makeRawChart(): Promise<string> {
  const directory = await makeTestDirectory();
  const chart = join(directory, 'raw');
  await mkdir(join(chart, 'templates'), { recursive: true });
  const files = {
    'Chart.yaml': `apiVersion: v2\n${Object.entries(rawChart)
      .map(([key, value]) => `${key}: "${value}"\n`)
      .join('')}`,
    'values.yaml': 'objects: []\ncolour: blue\n',
    'values.schema.json': JSON.stringify({ properties: { colour: { type: 'string' } } }),
    'templates/all.yaml': `{{ if eq .Values.colour "red" }}{{ fail "red is not a colour of this chart" }}{{ end }}
{{ range .Values.objects }}
---
{{ toYaml . }}
{{ end }}`,
    'templates/capabilities.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: capabilities }
data:
  kube: {{ .Capabilities.KubeVersion.Version }}
  keda: {{ .Capabilities.APIVersions.Has "keda.sh/v1alpha1/ScaledObject" | quote }}
  upgrade: {{ .Release.IsUpgrade | quote }}
`,
    'templates/NOTES.txt': 'Deployed in {{ .Values.colour }}.\n',
  };
  await Promise.all(
    Object.entries(files).map(([name, content]) => writeFile(join(chart, name), content)),
  );
  return chart;
}

/** A directory that goes after the test. */
export async function makeTestDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'test-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

/** Writes values to a file of their own. @returns its path */
export async function writeValues(values: object): Promise<string> {
  const path = join(await makeTestDirectory(), 'values.yaml');
  await writeFile(path, JSON.stringify(values));
  return path;
}
