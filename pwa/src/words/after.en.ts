/** English: answering the ward, withdrawing, filing again. */
import type { after } from './after.vi.ts'
import type { Translation } from './say.ts'

export const english: Translation<typeof after> = {
  'ended.now': 'Put right what the reason says and file a new dossier. Or ask the ward.',
  'ended.again': 'File a new dossier',
  'ended.reuse': 'File again with the same answers',
  'ended.reuse.more': 'Papers and declarations are asked for again.',
  'ended.reuse.opening': 'Opening the form',
  'ended.reuse.offline': 'The new form cannot be fetched now. Tap again when there is a network.',
  'ask.only': 'Only what the ward has named.',
  'ask.same': 'Not changed: {names}.',
  'ask.old': 'The old photo is still beside the new one: {names}. Remove a bad one.',
  'ask.once': 'The ward usually asks only once.',
  'ask.waiting': 'The addition is not sent yet, but nothing is lost',
  'ask.none': 'Nothing to add',
  'ask.none.more': 'The ward asks for no more papers.',
  'withdraw.title': 'Withdraw this dossier?',
  'withdraw.more': 'The ward stops working on it. If you paid, ask the ward about a refund.',
  'withdraw.reason': 'Reason',
  'withdraw.hint': 'One short sentence will do.',
  'withdraw.missing': 'Write a reason',
  'withdraw.hidden': 'The reason has hidden characters. Delete it and type it again.',
  'withdraw.yes': 'Withdraw',
  'withdraw.no': 'Do not withdraw',
}
