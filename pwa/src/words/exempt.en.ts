/** English: an officer considers an exemption (miễn phí). */
import type { exempt } from './exempt.vi.ts'
import type { Translation } from './say.ts'

export const english: Translation<typeof exempt> = {
  'exempt.do': 'Consider an exemption',
  'exempt.more': 'One officer may note and decide it; no second person is needed.',
  'exempt.less': 'For a reduction, leave this and correct the fee instead.',
  'exempt.paid': '{amount} has come. If exempt, it goes to the list of refunds.',
  'exempt.group': 'Which group does the payer belong to?',
  'exempt.group.empty': 'Choose the exempt group',
  'exempt.evidence': 'Papers looked at, reason',
  'exempt.evidence.hint': 'Read by officers alone, in the history.',
  'exempt.evidence.empty': 'Write which papers you looked at, or why',
  'exempt.shows': 'To be shown: {paper}',
  'exempt.step': 'Outcome',
  'exempt.step.empty': 'Choose the outcome',
  'exempt.grant': 'Exempt',
  'exempt.grant.more': 'This dossier pays no fee.',
  'exempt.refuse': 'Not exempt',
  'exempt.refuse.more': 'The fee stays, to be paid by a last day.',
  'exempt.ask': 'Decide later',
  'exempt.ask.more': 'Noted as under review; the fee waits.',
  'exempt.until': 'Last day to pay',
  'exempt.until.hint': 'To the end of this day.',
  'exempt.until.wrong': 'The last day must come after today, within a year',
  'exempt.send': 'Note the outcome',
  'exempt.grant.send': 'Grant the exemption',
  'exempt.refuse.send': 'Refuse the exemption',
  'exempt.ask.send': 'Note as under review',
  'exempt.grant.done': 'Exemption granted',
  'exempt.refuse.done': 'Exemption refused. The fee is still due.',
  'exempt.ask.done': 'Noted as under review',
}
