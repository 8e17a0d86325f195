/** An address that leads nowhere: said plainly, with the ways on. */
import { Page } from '../parts/page/page.tsx'
import { say } from '../words/later.ts'
import { Empty } from './trouble.tsx'

/** A file's link lives five minutes, so most that lead nowhere are old. */
const FILE = /^\/f\//

export function NoPage({ path }: { path: string }) {
  const file = FILE.test(path)
  const title = say(file ? 'page.file' : 'page.none')
  return (
    <Page title={title}>
      <Empty icon={file ? 'clock' : 'search'} title={title} words={say(file ? 'page.file.more' : 'page.none.more')}>
        {!file && (
          <a class="btn btn--main" href="/">
            {say('poster.all')}
          </a>
        )}
        <a class={file ? 'btn btn--main' : 'btn btn--plain'} href="/ho-so">
          {say('mine.title')}
        </a>
        <a class="btn btn--plain" href="/tra-cuu">
          {say('look.title')}
        </a>
      </Empty>
    </Page>
  )
}
