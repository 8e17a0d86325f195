/** English, from the first page to the last question. */
import type { Translation } from './say.ts'
import type { first } from './first.vi.ts'

export const english: Translation<typeof first> = {
  'top.skip': 'Skip to the main content',
  'top.anyOffice': 'File a dossier by phone',
  'top.larger': 'Larger text',

  'where.saved': '**On this phone**, saved {hour}',
  'where.unsaved': '**In this page only**, not kept',
  'where.way': '**Sending**, {have} of {all} arrived',
  'where.photos': '**Sending**, {have} of {all} photos arrived',
  'where.wait': '**On this phone**, waiting for network',
  'where.office': '**The ward has everything**',
  'top.mute': 'English needs a network.',
  'where.foreign': 'The form comes in English when there is a network.',

  'poster.title': 'Poster',
  'poster.number': 'Poster {code}',
  'poster.receives': 'Receiving office: **{unit}**',
  'poster.choose': 'What do you need?',
  'poster.all': 'See everything you can do online',

  'start.title': 'Procedure',
  'start.begin': 'Look and begin',
  'start.otherward': 'Not your ward?',
  'start.chooseWard': 'Choose a ward to begin',
  'start.language': 'Some texts of this procedure are in Vietnamese only.',
  'start.go': 'Begin',
  'start.time': 'Time to fill in',
  'start.minutes': 'About {minutes} minutes',
  'start.fee': 'Fee',
  'start.due': 'Result due',
  'start.sameDay': 'The same working day',
  'start.days': '{days} working days',
  'start.upTo': '{words}, in some cases {days} days',
  'start.cutoff': 'Received after {hour}: the next working day at the latest',
  'start.doubt': 'Not verified',
  'start.official': 'Official name: {name}. Procedure {code}.',

  'fee.none': 'No fee',
  'fee.each': '{amount} for each {unit}',
  'fee.copy': 'copy',
  'fee.unknown': 'Fee not determined',
  'fee.unknown.more': 'The ward writes the fee into the dossier before collecting.',

  'card.scan': 'Scan the code on your identity card',
  'card.from': 'From the card',
  'nav.next': 'Continue',
  'nav.back': 'Previous question',
  'nav.return': 'Back',
  'nav.step': 'Step {now} of {all}',

  'field.optional': '{label} (optional)',
  'field.yes': 'Yes',
  'field.no': 'No',

  'save.full': 'The phone is full. Delete some photos; your answers are kept.',
  'save.broken': 'The phone could not keep your answers. Do not close this page.',

  'shared.idle': 'This page wipes itself in 30 seconds.',
  'shared.here': 'I am still here',

  'trouble.coming': 'Opening…',
  'trouble.offline': 'No network',
  'trouble.offline.more':
    'What you filled in is still on this phone. This page opens by itself when there is network.',
  'trouble.ours': 'This part is broken; it is not your fault',
  'trouble.ours.more': 'Your dossier is safe. Try again in a few minutes.',
  'trouble.ours.number': 'Tell the ward this number:',
  'trouble.again': 'Try again',
  'trouble.old': 'There is a new version of this page',
  'trouble.old.more': 'What was saved on this phone is still there. Reload the page to go on.',
  'trouble.reload': 'Reload the page',
}
