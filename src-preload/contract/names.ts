import type { CommandName } from './commands/index.ts';

// The bridge runs in the sandboxed preload, where zod must not be loaded: names only. `satisfies` in names.test.ts keeps both lists equal.
export const commandNames = [
  'app.snapshot', 'app.openDemo', 'app.leaveDemo', 'changes.since', 'quiet.preview', 'queue.page',
  'conversation.open', 'conversation.older', 'conversation.newer', 'conversation.markRead',
  'agent.list', 'agent.add', 'agent.use', 'agent.role', 'agent.pin', 'agent.prove', 'notice.seen', 'window.open',
  'desk.claim', 'desk.keep', 'desk.release', 'desk.assign', 'desk.done', 'desk.reopen', 'desk.snooze', 'desk.parseTime',
  'draft.save', 'draft.discard', 'reply.send', 'outbox.undo', 'outbox.sendNow', 'outbox.retry', 'outbox.discard', 'outbox.settle', 'outbox.again', 'outbox.list', 'note.add', 'post.act', 'post.begin', 'post.replies',
  'desk.evaluate', 'desk.checkTree', 'desk.goPrivate', 'desk.meter', 'rule.list', 'rule.save', 'rule.delete', 'rule.order', 'rule.try', 'rule.log', 'rule.here', 'rule.correct', 'sla.preview', 'playbook.here', 'incident.list', 'incident.declare', 'incident.save', 'incident.close', 'incident.rows', 'incident.answer', 'incident.notice', 'incident.noticePreview', 'incident.here', 'trend.list', 'ledger.open', 'ledger.give', 'ledger.takeBack',
  'setup.export', 'setup.look', 'setup.import', 'setup.kept', 'setup.undo', 'customer.limit', 'draft.check', 'draft.parts', 'canned.list', 'canned.find', 'canned.insert', 'canned.save', 'canned.delete', 'canned.preview', 'canned.importCsv', 'canned.exportCsv',
  'outbox.look', 'outbox.approve', 'outbox.giveBack', 'mention.seen', 'desk.mark', 'desk.outcomes', 'spell.check', 'spell.suggest', 'spell.add',
  'faq.list', 'faq.find', 'faq.use', 'faq.save', 'faq.delete', 'faq.importCsv', 'faq.exportCsv', 'suggest.find',
  'call.log', 'customer.find', 'customer.update', 'customer.entries',
  'customer.link', 'customer.unlink', 'customer.mergePreview', 'customer.merge', 'customer.unmerge', 'customer.suggest', 'customer.deny',
  'phone.sources', 'phone.saveHttp', 'phone.saveAmi', 'phone.saveExtensions', 'phone.shortcut', 'phone.saveShortcut', 'phone.dismiss', 'phone.guess', 'phone.hours',
  'promise.add', 'promise.settle', 'promise.remove', 'promise.said', 'search.query',
  'account.signInAgain', 'account.password', 'account.discover', 'account.cancelDiscover', 'account.signInProviders', 'account.checkAuthority',
  'account.add', 'account.test', 'account.signIn', 'account.signInDone', 'account.cancelSignIn', 'account.ownsApp', 'account.readOlder', 'account.folders', 'account.readFolders', 'account.settings', 'account.change', 'spend.report', 'spend.limit', 'spend.allowToday', 'heard.list', 'heard.dismiss', 'heard.take', 'account.remove', 'account.sync', 'import.look', 'import.start', 'job.cancel',
  'customer.export', 'customer.erasePreview', 'customer.erase', 'customer.profile', 'customer.files', 'followup.save', 'followup.done', 'followup.reopen', 'followup.drop', 'followup.list', 'attachment.stage', 'attachment.paste', 'attachment.describe', 'attachment.save', 'attachment.preview', 'mail.show', 'mail.showFile', 'mail.showUnplaced', 'mail.preview', 'mail.forward', 'mail.openFile', 'mail.saveInner', 'unplaced.list', 'unplaced.assign', 'unplaced.makeCustomer', 'unplaced.dismiss', 'unplaced.restore', 'settings.update', 'link.open',
] as const satisfies readonly CommandName[];
