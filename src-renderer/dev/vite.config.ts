import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// For looking at the window without a core. The product's build never reads this folder.
export default defineConfig({ root: new URL('..', import.meta.url).pathname, plugins: [react()] });
