import { type Finding, type Remedy, statuses } from '../checks/types.ts';
import { printPath } from '../values/path.ts';

/**
 * Findings as a JUnit report, which CI systems show: a suite for each category, a case for each
 * finding. What is unknown counts as an error, a warning is told in the case's output.
 */
export function formatJunit(
  findings: readonly Finding[],
  target: { readonly context: string; readonly namespace: string; readonly release: string },
): string {
  const name = `create-xerv-deploy check: ${target.release} in ${target.namespace} on ${target.context}`;
  const categories = [...new Set(findings.map(({ category }) => category))];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${toXml(name)}" ${counts(findings)}>`,
    ...categories.flatMap((category) => {
      const own = findings.filter((finding) => finding.category === category);
      return [
        `  <testsuite name="${toXml(category)}" ${counts(own)}>`,
        ...own.flatMap(formatCase),
        '  </testsuite>',
      ];
    }),
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(findings: readonly Finding[]): string {
  const count = Object.fromEntries(
    statuses.map((status) => [status, findings.filter((one) => one.status === status).length]),
  );
  return `tests="${findings.length}" failures="${count.fail}" errors="${count.unknown}" skipped="${count.skip}"`;
}

function formatCase(finding: Finding): string[] {
  const { status, check, title, category, message, evidence = [], remedies = [] } = finding;
  const details = [...evidence, ...remedies.flatMap(describeRemedy)].join('\n');
  const open = `    <testcase classname="${toXml(category)}" name="${toXml(`${check} ${title}`)}"`;
  const element = { fail: 'failure', unknown: 'error', skip: 'skipped' }[status as string];
  if (element)
    return [
      `${open}>`,
      `      <${element} message="${toXml(finding.skippedBecause ?? message)}">${toXml(details)}</${element}>`,
      '    </testcase>',
    ];
  if (status === 'pass') return [`${open}/>`];
  return [
    `${open}>`,
    `      <system-out>${toXml(`Warning: ${message}\n${details}`)}</system-out>`,
    '    </testcase>',
  ];
}

function describeRemedy({ text, command, changes = [] }: Remedy): string[] {
  return [
    text,
    ...(command === undefined ? [] : [command]),
    ...changes.map(({ path, value }) => `${printPath(path)}: ${JSON.stringify(value ?? null)}`),
  ];
}

/** Text for XML 1.0, which has no place for most control characters. */
function toXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
