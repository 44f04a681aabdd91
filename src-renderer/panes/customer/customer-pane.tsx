import { memo } from 'react';
import { UserRound, X } from 'lucide-react';
import { t } from '../../locales/index.ts';
import { setState, useApp } from '../../state/store.ts';
import { useFollowing } from '../../ui/use-following.ts';
import { IconButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/bits.tsx';
import { ContactBars } from './contact-bars.tsx';
import { CustomerName, CustomerNote, VipBox } from './customer-fields.tsx';
import { Identities, LastContacts } from './customer-facts.tsx';
import { Dates } from './dates.tsx';
import { Files } from './files.tsx';
import { FollowUps } from './follow-ups.tsx';
import { Influence } from './influence.tsx';
import { OwnFields } from './own-fields.tsx';
import { Tags } from './tags.tsx';
import { CustomerMenu, Merges, Suggestions } from './who.tsx';
import { Wishes } from './wishes.tsx';

export function CustomerPane({ isDrawer }: { isDrawer: boolean }) {
  // The conversation is on screen first.
  const customerId = useFollowing(useApp((state) => (state.openId === null ? null : (state.conversations[state.openId]?.customerId ?? null))));
  const isKnown = useApp((state) => customerId !== null && state.customers[customerId] !== undefined);
  return (
    <section className="pane customer-pane" id="pane-customer" aria-label={t('customer.pane')} data-pane="customer">
      {isDrawer && <div className="drawer-head"><IconButton label={t('common.close')} onClick={() => setState({ drawer: null })}><X size={16} aria-hidden="true" /></IconButton></div>}
      {customerId === null || !isKnown
        ? <Empty icon={<UserRound size={22} aria-hidden="true" />} title={t('customer.none')} />
        : <Details key={customerId} customerId={customerId} />}
    </section>
  );
}

const Details = memo(function Details({ customerId }: { customerId: string }) {
  return (
    <div className="customer-scroll" tabIndex={0} data-focus-target="customer" role="group" aria-label={t('customer.details')}>
      <div className="customer-head"><CustomerName customerId={customerId} /><CustomerMenu customerId={customerId} /></div>
      <VipBox customerId={customerId} />
      <Influence customerId={customerId} />
      <Identities customerId={customerId} />
      <Wishes customerId={customerId} />
      <Suggestions customerId={customerId} />
      <Merges customerId={customerId} />
      <ContactBars customerId={customerId} />
      <LastContacts customerId={customerId} />
      <FollowUps customerId={customerId} />
      <Dates customerId={customerId} />
      <OwnFields customerId={customerId} />
      <Files customerId={customerId} />
      <Tags customerId={customerId} />
      <CustomerNote customerId={customerId} />
    </div>
  );
});
