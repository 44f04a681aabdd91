import type { Migration } from './migration.ts';
import { foundation } from './0010-foundation.ts';
import { x } from './0030-x.ts';
import { customers } from './0040-customers.ts';
import { desk } from './0050-desk.ts';
import { followUps } from './0060-follow-ups.ts';
import { settled } from './0070-settled.ts';
import { seats } from './0080-seats.ts';
import { posts } from './0090-posts.ts';
import { customerDays } from './0100-customer-days.ts';
import { xActions } from './0110-x-actions.ts';
import { mailPlaces } from './0120-mail-places.ts';
import { mail } from './0130-mail.ts';
import { calls } from './0140-calls.ts';
import { access } from './0150-access.ts';
import { ledger } from './0160-ledger.ts';

export type { Migration };
export const migrations: readonly Migration[] = [foundation, x, customers, desk, followUps, settled, seats, posts, customerDays, xActions, mailPlaces, mail, calls, access, ledger];
