/** An address that leads nowhere: said plainly, with the ways on. */
import { useEffect, useState } from 'preact/hooks'

import { call, type Problem } from '../api/client.ts'
import { Page } from '../parts/page/page.tsx'
import { say } from '../words/later.ts'
import { refused } from './refused.ts'
import { Coming, Empty } from './trouble.tsx'

/** A file's link lives five minutes, so most that lead nowhere are old. */
const FILE = /^\/f\//

export function NoPage({ path }: { path: string }) {
  if (FILE.test(path)) return <NoFile path={path} />
  return (
    <Page title={say('page.none')}>
      <Empty icon="search" title={say('page.none')} words={say('page.none.more')}>
        <a class="btn btn--main" href="/">
          {say('poster.all')}
        </a>
        <a class="btn btn--plain" href="/ho-so">
          {say('mine.title')}
        </a>
        <LookUpLink />
      </Empty>
    </Page>
  )
}

/** The page came instead of a file: a program's question tells why. */
function NoFile({ path }: { path: string }) {
  const [why, setWhy] = useState<Problem | 'ended' | null>(null)
  useEffect(() => {
    void call(path).then((result) => setWhy(result.end === 'refusal' && result.status !== 404 ? result.problem : 'ended'))
  }, [path])
  if (why === null)
    return (
      <Page title={say('page.file.not')}>
        <Coming />
      </Page>
    )
  const ended = why === 'ended'
  const title = say(ended ? 'page.file' : 'page.file.not')
  return (
    <Page title={title}>
      <Empty icon={ended ? 'clock' : 'alert'} title={title} words={ended ? say('page.file.more') : refused(why)}>
        <a class="btn btn--main" href="/ho-so">
          {say('mine.title')}
        </a>
        <LookUpLink />
      </Empty>
    </Page>
  )
}

function LookUpLink() {
  return (
    <a class="btn btn--plain" href="/tra-cuu">
      {say('look.title')}
    </a>
  )
}
