import { Handshake, HelpCircle, X } from 'lucide-react';
import type { CallRow } from '../../src-preload/contract/index.ts';
import { t } from '../locales/index.ts';
import { denyGuess, dismissCall, foremostCall, openCall } from '../state/actions/call-actions.ts';
import { shortcutsOf } from '../state/shortcuts.ts';
import { useApp } from '../state/store.ts';
import { useMinute, useSecond } from '../state/ticker.ts';
import { stopwatch, whenLabel } from '../state/words/time.ts';
import { Chip, VipStar } from '../ui/bits.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { CallGlyph } from '../ui/glyph.tsx';
import { Keys } from '../ui/keys.tsx';

/** Who rings, over everything and in nobody's way: it takes no focus and moves nothing. */
export function CallBar() {
  const calls = useApp((state) => state.calls);
  const row = foremostCall(calls);
  if (row === null) return null;
  return (
    <section className={`caller-bar is-${row.state}`} aria-label={t('calls.bar')} data-test="call-bar" data-state={row.state}>
      <span className="caller-bar-glyph"><CallGlyph direction={row.direction} missed={row.state === 'ended' && row.answeredAt === null} size={18} /></span>
      <div className="caller-bar-words">
        <p className="caller-bar-who">
          <bdi className="caller-bar-name">{row.customer?.name ?? row.name ?? row.number ?? t('calls.withheld')}</bdi>
          {row.customer?.isVip === true && <VipStar size={14} />}
          {(row.customer !== null || row.name !== null) && row.number !== null && <bdi className="caller-bar-number">{row.number}</bdi>}
          <span className="caller-bar-state">{t(`calls.state.${row.direction}.${row.state === 'ended' && row.answeredAt === null ? 'missed' : row.state}`)} <Clock row={row} /></span>
          {!row.hours.isOpen && <Chip tone="warn"><Closed row={row} /></Chip>}
          {calls.length > 1 && <Chip>{t('calls.more', { count: calls.length - 1 })}</Chip>}
        </p>
        <Second row={row} />
      </div>
      <Actions row={row} />
    </section>
  );
}

function Clock({ row }: { row: CallRow }) {
  const now = useSecond();
  const from = row.answeredAt ?? row.ringingAt;
  return <span className="caller-bar-clock">{stopwatch(Math.max(0, (row.endedAt ?? Math.max(now, from)) - from))}</span>;
}

function Closed({ row }: { row: CallRow }) {
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  return <>{row.hours.changesAt === null ? t('calls.closed') : t('calls.closedUntil', { when: whenLabel(row.hours.changesAt, now, zone) })}</>;
}

/** What has to be known before the first word: promises, why VIP; or who it may be. */
function Second({ row }: { row: CallRow }) {
  const guess = row.guesses[0];
  if (row.customer === null) {
    return <p className="caller-bar-more">{guess === undefined ? t('calls.unknown') : <><HelpCircle size={13} aria-hidden="true" /><span className="caller-bar-quote">{t('calls.maybe')} <strong><bdi>{guess.name}</bdi></strong>{guess.isVip && ' ★'} <span className="caller-bar-why">{t(`calls.reason.${guess.reason}`, { match: guess.match })}</span></span></>}</p>;
  }
  const { customer } = row;
  if (customer.promiseCount > 0) {
    return <p className="caller-bar-more"><Handshake size={13} aria-hidden="true" /><span className="caller-bar-quote" dir="auto">{customer.promises[0]}</span>{customer.promiseCount > 1 && <span className="caller-bar-why">{t('calls.morePromises', { count: customer.promiseCount - 1 })}</span>}</p>;
  }
  if (customer.isVip && customer.vipNote !== null && customer.vipNote !== '') return <p className="caller-bar-more"><span className="caller-bar-quote" dir="auto">{customer.vipNote}</span></p>;
  return <p className="caller-bar-more">{customer.waitingSince === null ? t('calls.nothingOpen') : t('calls.waits')}</p>;
}

function Actions({ row }: { row: CallRow }) {
  const keys = shortcutsOf(useApp((state) => state.settings.shortcuts));
  const isGuess = row.customer === null && row.guesses.length > 0;
  return (
    <div className="caller-bar-actions">
      <Button tone="primary" onClick={() => void openCall(row)} data-action="call.open">{isGuess ? t('calls.yes') : row.customer === null ? t('calls.log') : row.state === 'ended' ? t('calls.log') : t('calls.open')}<Keys keys={keys['call.open']} /></Button>
      {isGuess && <Button onClick={() => void denyGuess(row)} data-action="call.deny">{t('calls.no')}<Keys keys={keys['call.deny']} /></Button>}
      <IconButton label={t('calls.dismiss')} keys={keys['call.dismiss']} onClick={() => dismissCall(row)} data-action="call.dismiss"><X size={15} aria-hidden="true" /></IconButton>
    </div>
  );
}
