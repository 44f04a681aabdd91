import { emailDriver } from './channels/email/index.ts';
import type { ChannelDriver } from './channels/port.ts';
import { xDriver } from './channels/x/index.ts';

/** The channels of this Parley: the one place that knows which there are. */
export const drivers: readonly ChannelDriver[] = [emailDriver, xDriver];
