import { apart } from './channels/apart.ts';
import { emailDriver } from './channels/email/index.ts';
import type { ChannelDriver } from './channels/port.ts';
import { xDriver } from './channels/x/index.ts';
import { mailThreads } from './mail-threads.ts';

/** The channels of this Parley: the one place that knows which there are. */
export const drivers: readonly ChannelDriver[] = [apart(emailDriver, mailThreads), xDriver];
