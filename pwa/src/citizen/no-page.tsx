/** An address that leads nowhere: said plainly, with the ways on. */
import { Page } from '../parts/page/page.tsx'
import { say } from '../words/later.ts'
import { Empty } from './trouble.tsx'

export function NoPage() {
  return (
    <Page title={say('page.none')}>
      <Empty icon="search" title={say('page.none')} words={say('page.none.more')}>
        <a class="btn btn--main" href="/">
          {say('poster.all')}
        </a>
        <a class="btn btn--plain" href="/ho-so">
          {say('mine.title')}
        </a>
        <a class="btn btn--plain" href="/tra-cuu">
          {say('look.title')}
        </a>
      </Empty>
    </Page>
  )
}
