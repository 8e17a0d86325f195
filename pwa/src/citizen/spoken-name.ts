/** The name of a paper as it is headed: in another language the bracket holds the Vietnamese word, and belongs to it. */
import { paperName } from '../form/paper-name.ts'
import { language } from '../words/say.ts'

export const spokenName = (name: string): ReturnType<typeof paperName> =>
  language() === 'vi' ? paperName(name) : { short: name, rest: null }
