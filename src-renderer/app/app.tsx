import { lazy, Suspense, useEffect } from 'react';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { TriangleAlert } from 'lucide-react';
import { tellFailuresTo } from '../bridge.ts';
import { t } from '../locales/index.ts';
import { catchUp } from '../state/after-frame.ts';
import { flushSettings } from '../state/preferences.ts';
import { useApp } from '../state/store.ts';
import { onMenu, startSync } from '../state/sync.ts';
import { toast } from '../state/toasts.ts';
import { Button } from '../ui/button.tsx';
import { TipLayer } from '../ui/tip-layer.tsx';
import { useDelayed } from '../ui/use-delayed.ts';
import { runCommand } from './commands.ts';
import { Frame } from './frame.tsx';
import { useKeyboard } from './keyboard.ts';
import { LiveRegion } from './live-region.tsx';
import { SitDown } from './sit-down.tsx';
import { Toasts } from './toasts.tsx';

const loadDialogs = () => import('./dialogs/dialogs.tsx');
const Dialogs = lazy(loadDialogs);
const Welcome = lazy(() => import('./welcome.tsx'));

export function App() {
  const phase = useApp((state) => state.phase);
  const isShut = useApp((state) => state.failure?.code === 'auth_needed');
  const isFirst = useApp((state) => state.phase === 'ready' && state.workspace.isEmpty && !state.workspace.isDemo && state.accounts.length === 0 && !state.welcomeDismissed && Object.keys(state.jobs).length === 0);
  const hasDialog = useApp((state) => state.dialog !== null);
  useTheme();
  useKeyboard();
  useEffect(() => {
    tellFailuresTo((failure) => toast(failure.message, 'bad'));
    onMenu(runCommand);
    const stop = startSync();
    window.addEventListener('pagehide', leave);
    // Soon after the first paint, so that what is typed right after the palette's key lands in the palette.
    requestIdleCallback(() => void loadDialogs());
    return () => {
      stop();
      window.removeEventListener('pagehide', leave);
    };
  }, []);
  return (
    <CSPProvider disableStyleElements>
      {phase === 'starting' && <Starting />}
      {phase === 'failed' && (isShut ? <SitDown /> : <Failed />)}
      {phase === 'ready' && (isFirst ? <Suspense><Welcome /></Suspense> : <Frame />)}
      {hasDialog && <Suspense><Dialogs /></Suspense>}
      <Toasts />
      <LiveRegion />
      <TipLayer />
    </CSPProvider>
  );
}

/** What waited for a frame and what waited for a quiet moment are told to the core before the page goes. */
function leave(): void {
  catchUp();
  flushSettings();
}

function useTheme(): void {
  const theme = useApp((state) => state.settings.theme);
  const density = useApp((state) => state.settings.density);
  useEffect(() => {
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
    root.dataset['density'] = density;
  }, [theme, density]);
}

function Starting() {
  if (!useDelayed(true)) return null;
  return (
    <div className="starting" aria-busy="true" aria-label={t('common.loading')}>
      <div className="starting-bar" /><div className="starting-panes"><div /><div /><div /></div>
    </div>
  );
}

function Failed() {
  const failure = useApp((state) => state.failure);
  return (
    <main className="failed" role="alert">
      <TriangleAlert size={24} aria-hidden="true" />
      <h1>{t('failed.title')}</h1>
      <p>{failure?.message}</p>
      <p className="hint">{t('failed.safe')}</p>
      <Button tone="primary" onClick={() => window.location.reload()}>{t('failed.again')}</Button>
    </main>
  );
}
