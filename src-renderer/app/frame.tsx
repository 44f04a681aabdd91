import { useEffect, useState, type CSSProperties, type ReactNode } from 'react';
import { Composer } from '../composer/composer.tsx';
import { takeBack } from '../composer/drafts/local-drafts.ts';
import { t } from '../locales/index.ts';
import { ConversationPane } from '../panes/conversation/conversation-pane.tsx';
import { CustomerPane } from '../panes/customer/customer-pane.tsx';
import { QueuePane } from '../panes/queue/queue-pane.tsx';
import { onRestored } from '../state/actions/outbox-actions.ts';
import { setState, useApp } from '../state/store.ts';
import { Divider } from '../ui/divider.tsx';
import { useFit } from '../ui/use-width.ts';
import { Banners } from './banners.tsx';
import { CallBar } from './call-bar.tsx';
import { Footer } from './footer.tsx';
import { focusPane, rememberWidths } from './pane-focus.ts';
import { TitleBar } from './title-bar.tsx';

const QUEUE = { min: 300, max: 560 } as const;
const CUSTOMER = { min: 280, max: 480 } as const;

const composerOf = (conversationId: string): ReactNode => <Composer conversationId={conversationId} />;

export function Frame() {
  const fit = useFit();
  const saved = useApp((state) => state.settings.paneWidths);
  const [widths, setWidths] = useState(saved);
  useEffect(() => setWidths(saved), [saved]);
  useEffect(() => onRestored(takeBack), []);
  const queueHidden = useApp((state) => state.queueHidden);
  const customerShown = useApp((state) => state.settings.showCustomerPane);
  const drawer = useApp((state) => state.drawer);
  const hasQueue = fit !== 'one' && !queueHidden;
  const hasCustomer = fit === 'three' && customerShown;
  const resize = (queue: number, customer: number): void => {
    setWidths({ queue, customer });
    rememberWidths(queue, customer);
  };
  const columns = [...(hasQueue ? [`${widths.queue}px`, '1px'] : []), 'minmax(0, 1fr)', ...(hasCustomer ? ['1px', `${widths.customer}px`] : [])].join(' ');
  return (
    <div className="frame">
      <TitleBar />
      <Banners />
      <CallBar />
      <main className="panes" style={{ '--columns': columns } as CSSProperties}>
        {hasQueue && (
          <>
            <QueuePane />
            <Divider label={t('frame.queueWidth')} controls="pane-queue" value={widths.queue} sign={1} {...QUEUE} onResize={(queue) => resize(queue, widths.customer)} />
          </>
        )}
        <ConversationPane composer={composerOf} />
        {hasCustomer && (
          <>
            <Divider label={t('frame.customerWidth')} controls="pane-customer" value={widths.customer} sign={-1} {...CUSTOMER} onResize={(customer) => resize(widths.queue, customer)} />
            <CustomerPane isDrawer={false} />
          </>
        )}
        {drawer === 'queue' && fit === 'one' && <Drawer side="left" target="queue"><QueuePane /></Drawer>}
        {drawer === 'customer' && fit !== 'three' && <Drawer side="right" target="customer"><CustomerPane isDrawer /></Drawer>}
      </main>
      <Footer />
    </div>
  );
}

/** A pane over the others: focus goes in, and returns when it closes. */
function Drawer({ side, target, children }: { side: 'left' | 'right'; target: 'queue' | 'customer'; children: ReactNode }) {
  useEffect(() => {
    const before = document.activeElement;
    focusPane(target);
    return () => { if (before instanceof HTMLElement && before.isConnected) before.focus(); };
  }, [target]);
  return (
    <>
      <div className="drawer-shade" onClick={() => setState({ drawer: null })} />
      <div className={`drawer is-${side}`}>{children}</div>
    </>
  );
}
