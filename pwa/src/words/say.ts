/**
 * The sentences of the pages: Vietnamese is the source, every other language is complete or does
 * not compile.
 *
 * A message may hold `{names}`; the compiler asks for exactly these. Each area of the pages has
 * its own pair of files, so that a phone loads only the words of what it shows.
 */
export type Language = 'vi' | 'en'

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type Values<Text> = [Names<Text>] extends [never]
  ? []
  : [values: { readonly [Name in Names<Text>]: string | number }]

/** The same keys as the Vietnamese source, in another language. */
export type Translation<Source> = { readonly [Key in keyof Source]: string }

export type Say<Source> = <Key extends keyof Source & string>(
  key: Key,
  ...values: Values<Source[Key]>
) => string

interface Area {
  load: () => Promise<void>
}

const KEY = 'motcua.language'
const areas: Area[] = []
const listeners = new Set<() => void>()
let current: Language = 'vi'

export const language = (): Language => current

/** Put values into the places of a message. */
export function fill(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** Make the `say` of one area; its English is loaded when first wanted. */
export function area<const Source extends Readonly<Record<string, string>>>(
  vi: Source,
  en: () => Promise<Translation<Source>>,
): Say<Source> {
  let english: Translation<Source> | null = null
  const room: Area = {
    load: async () => {
      english ??= await en()
    },
  }
  areas.push(room)
  return (key, ...values) => {
    const words = current === 'en' && english !== null ? english : vi
    return fill(words[key], values[0] as Record<string, string | number> | undefined)
  }
}

/** Wait until all areas loaded so far can speak a language, the present one at first. */
export async function wordsReady(wanted = current): Promise<void> {
  if (wanted === 'en') await Promise.all(areas.map((room) => room.load()))
}

/** Change the language, keep the choice on the device, tell the pages; false when its words cannot come: none is half spoken. */
export async function speak(next: Language): Promise<boolean> {
  try {
    await wordsReady(next)
  } catch {
    return false
  }
  current = next
  document.documentElement.lang = next
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // A device that keeps nothing still speaks.
  }
  for (const listener of listeners) listener()
  return true
}

/** The language chosen on this device before, Vietnamese at first. */
export function chosenLanguage(): Language {
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'vi'
  } catch {
    return 'vi'
  }
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
