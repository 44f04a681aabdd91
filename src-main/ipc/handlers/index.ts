import type { Handlers } from '../router.ts';
import { accountHandlers } from './accounts.ts';
import { agentHandlers } from './agents.ts';
import { appHandlers } from './app.ts';
import { attachedMailHandlers } from './attached-mail.ts';
import type { HandlerContext } from './context.ts';
import { conversationHandlers } from './conversations.ts';
import { customerHandlers } from './customers.ts';
import { deskSetupHandlers } from './desk-setup.ts';
import { followUpHandlers } from './follow-ups.ts';
import { heardHandlers } from './heard.ts';
import { mailHandlers } from './mail.ts';
import { postHandlers } from './posts.ts';
import { rightsHandlers } from './rights.ts';
import { spendHandlers } from './spend.ts';
import { unplacedHandlers } from './unplaced.ts';

export type { HandlerContext };
export const createHandlers = (c: HandlerContext): Handlers => ({ ...appHandlers(c), ...conversationHandlers(c), ...accountHandlers(c), ...customerHandlers(c), ...spendHandlers(c), ...deskSetupHandlers(c), ...mailHandlers(c), ...heardHandlers(c), ...followUpHandlers(c), ...agentHandlers(c), ...postHandlers(c), ...rightsHandlers(c), ...unplacedHandlers(c), ...attachedMailHandlers(c) });
