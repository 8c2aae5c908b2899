import { expect, test } from 'vitest';
import { givesOneNumber } from '../../../src/checks/promql.ts';

test.each([
  'sum(xerv_dispatch_queue_depth{namespace="a"}) or vector(0)',
  'sum(rate(xerv_failed_traces_total[5m])) / sum(rate(xerv_completed_traces_total[5m])) * 100',
  'max(xerv_active_traces)',
  'scalar(xerv_active_traces)',
  'round(sum(x), 0.1)',
  'clamp_max(sum(x), 10)',
  '(sum(x) + 1)',
  'quantile(0.9, x{a="(b) or c"})',
  'vector(1)',
  '42',
  'count(up == 1)',
])('one: %s', (query) => expect(givesOneNumber(query)).toBe(true));

test.each([
  'xerv_dispatch_queue_depth',
  'xerv_dispatch_queue_depth{namespace="a"}',
  'sum by (pod) (xerv_active_traces)',
  'sum(xerv_active_traces) by (pod)',
  'rate(xerv_completed_traces_total[5m])',
  'sum(a) or b',
  'round(x)',
  'topk(3, x)',
  'sum(a) / on (pod) group_left b',
  '(x)',
  '',
])('several: %s', (query) => expect(givesOneNumber(query)).toBe(false));
