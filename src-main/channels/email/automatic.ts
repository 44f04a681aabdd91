import type { Doubt } from '../../../src-preload/contract/index.ts';
import { isDaemon, type DeliveryReport } from './delivery-report.ts';
import { header, type Headers } from './headers.ts';

export type Automatic = 'no' | 'auto_reply' | 'bounce' | 'delayed' | 'bulk';

/**
 * RFC 3834 and the habits before it. A report of a success counts as an automatic answer. X-Auto-Response-Suppress alone proves nothing:
 * Exchange puts it on mail people wrote.
 */
export function automaticKind(headers: Headers, from: string, report: DeliveryReport | null): Automatic {
  if (report !== null) return report.failures.some((f) => f.isFinal) ? 'bounce' : report.failures.length > 0 ? 'delayed' : 'auto_reply';
  const submitted = /^[\s(]*([a-z-]+)/i.exec(header(headers, 'auto-submitted') ?? '')?.[1]?.toLowerCase() ?? 'no';
  const precedence = (header(headers, 'precedence') ?? '').trim().toLowerCase();
  if (submitted === 'auto-replied' || precedence === 'auto_reply' || header(headers, 'x-autoreply') !== null || header(headers, 'x-autorespond') !== null) return 'auto_reply';
  if (header(headers, 'list-id') !== null || /^(?:bulk|junk|list)$/.test(precedence)) return 'bulk';
  const type = header(headers, 'content-type') ?? '';
  if (submitted !== 'no' || /^\s*multipart\/report/i.test(type) || header(headers, 'return-path')?.trim() === '<>' || isDaemon(from)) return 'auto_reply';
  return 'no';
}

/** What decides whether a new customer may be made of whoever stands on the other side of a mail. */
export interface DoubtFacts {
  direction: 'inbound' | 'outbound';
  /** The customer's side: nobody at all, we ourselves, or somebody. */
  side: 'nobody' | 'own' | 'somebody';
  /** Lower case. */
  address: string;
  automatic: Automatic;
  /** It answers a mail of ours, by a Message-ID only its receivers know. */
  quotesOurs: boolean;
  /** A form or no-reply sender named the person to answer. */
  isNamedByReplyTo: boolean;
}

/**
 * Why a mail makes no customer by itself; null when it may. None of it speaks against a sender who is a customer already. A stranger who
 * quotes our token may have got our mail from the customer: neither a new customer nor that one's conversation.
 */
export function doubtOf(facts: DoubtFacts): Doubt | null {
  if (facts.automatic === 'bounce' || facts.automatic === 'delayed') return 'report';
  if (facts.side !== 'somebody') return facts.side;
  if (facts.direction === 'outbound') return null;
  if (isDaemon(facts.address)) return 'daemon';
  if (facts.isNamedByReplyTo) return null;
  if (facts.automatic === 'bulk') return 'list';
  if (facts.automatic === 'auto_reply') return 'automatic';
  return facts.quotesOurs ? 'token' : null;
}
