import { Component, type ReactNode } from 'react';
import { TriangleAlert } from 'lucide-react';
import { t } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';

/** Without it one fault while drawing leaves an empty window. What was written is in drafts; a reload draws everything anew. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <main className="failed" role="alert">
        <TriangleAlert size={24} aria-hidden="true" />
        <h1>{t('failed.drawing')}</h1>
        <p className="hint">{t('failed.safe')}</p>
        <Button tone="primary" onClick={() => window.location.reload()}>{t('failed.reload')}</Button>
      </main>
    );
  }
}
