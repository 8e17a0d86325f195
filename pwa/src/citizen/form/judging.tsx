/** What is wanted a moment after a question stands: fetched meanwhile, waited for when it is late. */
import { useEffect, useState } from 'preact/hooks'

import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/first.ts'
import { wordsReady } from '../../words/say.ts'
import { Coming, Offline } from '../trouble.tsx'
import { warmFields } from './fields/any.tsx'

type Judge = typeof import('./judge.ts')

interface Judging {
  /** Null until it is here; it cannot come when the network went within the first moments. */
  judge: Judge | null
  lost: boolean
  again: () => void
}

const AGAIN_AFTER = 5000

async function fetched(): Promise<Judge> {
  const judge = await import('./judge.ts')
  await wordsReady()
  return judge
}

/** Fetch ahead of need; a failure is silent, asking for it tries again. */
export function warmNext(): void {
  void fetched().catch(() => undefined)
  void warmFields()
}

/** The judge with its words, asked for until it comes. */
export function useJudge(): Judging {
  const [judge, setJudge] = useState<Judge | null>(null)
  const [lost, setLost] = useState(false)
  const again = (): void => void fetched().then(setJudge, () => setLost(true))
  useEffect(() => {
    if (judge !== null) return
    again()
    const clock = setInterval(again, AGAIN_AFTER)
    return () => clearInterval(clock)
  }, [judge])
  return { judge, lost, again }
}

/** Go where the judge says, as soon as it is here. */
export function Led({ to }: { to: (judge: Judge) => string }) {
  const { judge, lost, again } = useJudge()
  useEffect(() => {
    if (judge !== null) go(to(judge), 'replace')
  }, [judge])
  if (judge !== null || !lost) return <Coming />
  return (
    <Page title={say('trouble.offline')}>
      <Offline again={again} />
    </Page>
  )
}
