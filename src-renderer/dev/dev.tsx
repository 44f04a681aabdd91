import { createRoot } from 'react-dom/client';
import { createBridge } from '../../src-preload/bridge.ts';
import { createFakeCore } from './fake-core.ts';

// ?empty first start · ?offline no network · ?long a conversation of 5,000 entries
const core = createFakeCore(new URLSearchParams(window.location.search));
Object.defineProperty(window, 'parley', { value: createBridge(core.transport, 'headless', (file) => Promise.resolve(`/home/you/${file.name}`)) });
Object.defineProperty(window, 'fake', { value: core });

await import('../styles/index.css');
const { App } = await import('../app/app.tsx');
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App />);
