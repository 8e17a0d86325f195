/** The page read aloud, where the device has a voice for the language that is spoken. */
import { useEffect, useState } from 'preact/hooks'

import { Icon } from '../../parts/icon/icon.tsx'
import { language } from '../../words/say.ts'
import { say } from '../../words/beside.ts'

const SAID = 'h1, h2, p, label, legend, dt, dd, li'

function voiceOf(spoken: string): SpeechSynthesisVoice | undefined {
  return speechSynthesis.getVoices().find(({ lang }) => lang.toLowerCase().startsWith(spoken))
}

/** What stands on the page, in its order, each sentence once; what only readers hear is left to them. */
function wordsOf(page: Element): string {
  const parts = [...page.querySelectorAll<HTMLElement>(SAID)].filter(
    (part) => part.parentElement?.closest(SAID) === null && part.closest('.unseen') === null,
  )
  return parts.map((part) => part.innerText.trim()).filter((text) => text !== '').join('. ')
}

export function ReadAloud() {
  const can = 'speechSynthesis' in globalThis
  const [voice, setVoice] = useState(() => (can ? voiceOf(language()) : undefined))
  const [reading, setReading] = useState(false)
  useEffect(() => {
    if (!can) return
    const come = (): void => setVoice(voiceOf(language()))
    speechSynthesis.addEventListener('voiceschanged', come)
    return () => {
      speechSynthesis.removeEventListener('voiceschanged', come)
      speechSynthesis.cancel()
    }
  }, [])
  if (voice === undefined) return null
  function turn(): void {
    speechSynthesis.cancel()
    setReading(!reading)
    const page = document.querySelector('main')
    if (reading || page === null || voice === undefined) return
    const speech = new SpeechSynthesisUtterance(wordsOf(page))
    Object.assign(speech, { voice, lang: voice.lang, rate: 0.9 })
    speech.onend = () => setReading(false)
    speech.onerror = () => setReading(false)
    speechSynthesis.speak(speech)
  }
  return (
    <button class="btn" type="button" aria-pressed={reading} onClick={turn}>
      <Icon of="sound" />
      {say(reading ? 'help.stop' : 'help.read')}
    </button>
  )
}
