import type { Body as BodyView } from '../wizard/view.ts';
import { Body } from './Body.tsx';
import type { Size } from './size.ts';

/** What stays in the terminal: how it ended, without what could be chosen; nothing else. */
export function LastScreen({ body, size }: { readonly body: BodyView; readonly size: Size }) {
  if (body.kind !== 'end') return null;
  return <Body body={{ ...body, options: [] }} size={size} rows={size.height} fills={false} />;
}
