/** English: claiming to pay no fee. */
import type { claim } from './claim.vi.ts'
import type { Translation } from './say.ts'

export const english: Translation<typeof claim> = {
  'claim.title': 'I am exempt',
  'claim.how': 'The ward looks at it and answers. Until then you need not pay.',
  'claim.waits': 'The ward goes on with this dossier only after that.',
  'claim.group': 'Which group do you belong to?',
  'claim.group.empty': 'Choose the exempt group',
  'claim.evidence': 'What proves it',
  'claim.evidence.hint': 'Name and number of the paper, if you know it. Read by officers alone.',
  'claim.shows': 'To be shown: {paper}',
  'claim.send': 'Ask not to pay',
  'claim.back': 'No, pay the fee',
}
