import type { ReleaseEvent } from '../release/events.ts';
import type { Line } from './view.ts';

/** What of an event stays in the terminal: what is done for good. */
export function transcriptLines(event: ReleaseEvent): readonly Line[] {
  switch (event.type) {
    case 'target': {
      const { release, namespace, context, server } = event.target;
      const where = `${release} in namespace ${namespace} on ${context} (${server})`;
      return [{ text: `XERV ${event.action}: release ${where}`, tone: 'title' }];
    }
    case 'notice':
      return event.level === 'warning' ? [{ text: event.message, tone: 'warn' }] : [];
    case 'step':
      return event.state === 'done' ? [{ text: event.step, tone: 'good' }] : [];
    case 'removed':
      return [{ text: `removed ${event.object}`, tone: 'good' }];
    case 'kept':
      return [{ text: `kept ${event.object}: ${event.why}`, tone: 'plain' }];
    default:
      return [];
  }
}
