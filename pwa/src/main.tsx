/** Start: the reader's language and text size, the open page, the service worker. */
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import './style/tokens.css'
import './style/base.css'
import { trusted } from './api/trusted.ts'
import { Citizen, isCitizens } from './citizen/citizen.tsx'
import { lazy } from './parts/lazy/lazy.tsx'
import { followLinks, usePlace } from './parts/router/router.ts'
import { restoreTextSize } from './parts/top/text-size.ts'
import { chosenLanguage, language, onLanguage, speak } from './words/say.ts'

const Officer = lazy(async () => (await import('./officer/officer.tsx')).Officer)
const Leader = lazy(async () => (await import('./leader/leader.tsx')).Leader)

const isDesk = (path: string): boolean => /^\/(can-bo|lanh-dao)(\/|$)/.test(path)

function App() {
  const { path } = usePlace()
  const [spoken, setSpoken] = useState(language)
  useEffect(() => onLanguage(() => setSpoken(language())), [])
  if (path.startsWith('/can-bo')) return <Officer key={spoken} />
  if (path.startsWith('/lanh-dao')) return <Leader key={spoken} />
  return <Citizen />
}

/** Chosen on this device before; its colours are loaded for those who want them alone. */
function wantsContrast(): boolean {
  try {
    return localStorage.getItem('motcua.contrast') === 'more'
  } catch {
    return false
  }
}

restoreTextSize()
followLinks((path) => isCitizens(path) || isDesk(path))
if (chosenLanguage() === 'en') await speak('en')
if (wantsContrast()) void import('./citizen/beside/contrast.ts').then(({ strengthen }) => strengthen(), () => undefined)
const root = document.getElementById('app')
if (root !== null) render(<App />, root)

/** Keeping the pages for later must not slow the first question down. */
const KEEP_AFTER = 3000
if ('serviceWorker' in navigator && !import.meta.env.DEV) {
  setTimeout(() => {
    navigator.serviceWorker.register(trusted('/sw.js')).catch(() => undefined)
  }, KEEP_AFTER)
}
