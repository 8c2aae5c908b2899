import { fileURLToPath } from 'node:url';
import { ensureBundle } from './bundle.mjs';
import { ensurePackages } from './packages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
await ensurePackages(root, console.error);
await ensureBundle(root, console.error);
