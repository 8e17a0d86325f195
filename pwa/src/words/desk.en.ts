/** English, what both desks share. */
import type { Translation } from './say.ts'
import type { desk } from './desk.vi.ts'

export const english: Translation<typeof desk> = {
  'in.title': 'Sign in',
  'in.officer': 'Officers of the one-stop counter (một cửa)',
  'in.leader': 'Leaders of the district',
  'in.login': 'Login name',
  'in.password': 'Password',
  'in.show': 'Show the password',
  'in.do': 'Sign in',
  'in.login.empty': 'Write your login name',
  'in.password.empty': 'Write your password',
  'in.refused': 'Not signed in. Check name and password, or ask the administrator.',
  'in.many': 'Too many wrong tries. Wait {minutes} minute[s], then try again.',
  'in.ended': 'You were signed out to keep the desk safe. Sign in again to go on; what you typed is kept.',
  'in.out': 'You are signed out.',

  'role.title': 'This page is for somebody else',
  'role.more': '{name} is signed in as {role}.',
  'role.officer': 'officer',
  'role.leader': 'leader',
  'role.operator': 'operator',
  'role.author': 'author of procedures',
  'role.none': 'This role has no page of its own yet; it works with the command motcua on the server.',
  'role.go': 'Open the page of the {role}',

  'frame.nav': 'Work',
  'frame.menu': 'Menu',
  'frame.out': 'Sign out',
  'frame.units': '{count} units',

  'load.coming': 'Opening…',
  'load.offline': 'No network',
  'load.offline.more': 'What you typed is still here. Try again when there is network.',
  'load.ours': 'This part is broken; it is not your fault',
  'load.ours.more': 'Try again in a few minutes.',
  'load.number': 'Tell the administrator this number:',
  'load.again': 'Try again',

  'keys.on': 'Turn shortcuts on',
  'keys.off': 'Turn shortcuts off',
  'more': 'Show more',
  'more.lost': 'The rest did not come. Press again when there is network.',
  'gender.nam': 'Male',
  'gender.nu': 'Female',
  'gender.other': 'Cannot be read, ask the citizen',
  'code': '(code: {id})',
  'form.unreadable': 'A sign cannot be read and shows as an empty box. Delete it and type it again.',
  'said.before': 'Before: {words}',
  'desk.awaited': 'They mean to come on {day}. Accept when they are here: the time counts from then.',
}
