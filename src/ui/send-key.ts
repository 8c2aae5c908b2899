import type { Key } from '../wizard/events.ts';
import type { WizardStore } from '../wizard/store.ts';
import type { View } from '../wizard/view.ts';
import type { Theme } from './looks.ts';
import { firstLineShown } from './screen-lines.ts';
import type { Size } from './size.ts';

interface Screen {
  readonly store: WizardStore;
  readonly view: () => View;
  readonly size: Size;
  readonly theme: Theme;
}

/**
 * Tells the wizard of a key. Where a text is scrolled, it is told first what is at the top: it does
 * not know how much fits below, and would count on from beyond the last page.
 */
export function sendKey(key: Key, { store, view, size, theme }: Screen): void {
  if (store.state().overlays.length > 0) {
    const shown = view();
    const { body } = shown;
    if (body.kind === 'lines') {
      const line = firstLineShown(shown, body, size, theme);
      if (line < body.scroll) store.dispatch({ type: 'scrolled', line });
    }
  }
  store.dispatch({ type: 'key', key });
}
