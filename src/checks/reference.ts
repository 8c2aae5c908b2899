import { catalogue } from './catalogue.ts';
import { type Check, categories } from './types.ts';

/** What a reader calls a category. */
const categoryTitles: Readonly<Record<(typeof categories)[number], string>> = {
  cluster: 'Cluster and rights',
  release: 'Release',
  backend: 'Dispatch backend',
  pods: 'Pods',
  storage: 'Storage',
  scaling: 'Autoscaling',
  mesh: 'Service mesh',
  observability: 'Observability',
  network: 'Network',
};

/** The checks as a page of Markdown: `docs/checks.md`, made by `npm run generate`. */
export function checksPage(): string {
  return [
    '# Checks',
    '',
    'Made from the catalogue in `src/checks` by `npm run generate`; `create-xerv-deploy explain ID`',
    'prints the same. An id never changes its meaning.',
    '',
    'A check passes, warns, fails, or reports that it could not look (unknown). A failure stops an',
    'install and an upgrade with exit code 3, unless you let it pass: `--skip-check ID=REASON`.',
    '',
    ...categories.flatMap((category) => {
      const checks = catalogue.filter((check) => check.category === category);
      return checks.length === 0
        ? []
        : [`## ${categoryTitles[category]}`, '', ...checks.flatMap(section)];
    }),
  ].join('\n');
}

/** What is told of a check, here and by `explain`. */
export function referenceOf(check: Check) {
  const { id, category, title, why, reads } = check;
  const consent = consentText(check);
  return { id, category, title, why, reads, ...(consent === undefined ? {} : { consent }) };
}

/** What it takes to go on in spite of what the check found; undefined where `--yes` is enough. */
function consentText({ wantsTyping }: Pick<Check, 'wantsTyping'>): string | undefined {
  if (!wantsTyping) return undefined;
  const when =
    wantsTyping === 'always'
      ? ''
      : `, where one of these changes: ${wantsTyping.changing.join(', ')}`;
  return `Continuing requires the release's name, typed or in --confirm${when}. --yes is not enough.`;
}

function section(check: Check): string[] {
  const { id, title, why, reads, consent } = referenceOf(check);
  return [
    `### ${id}: ${title}`,
    '',
    why,
    '',
    `Reads: ${reads}.`,
    '',
    ...(consent === undefined ? [] : [consent, '']),
  ];
}
