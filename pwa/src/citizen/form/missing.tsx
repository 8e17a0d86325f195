/** A link to a dossier that is not on this device. */
import { onSharedDevice } from '../../drafts/shared-device.ts'
import { Page } from '../../parts/page/page.tsx'
import { say } from '../../words/next.ts'
import { Empty } from '../trouble.tsx'

export function Missing() {
  return (
    <Page title={say('mine.missing')}>
      <Empty icon="paper" title={say('mine.missing')} words={say(onSharedDevice() ? 'shared.wiped' : 'mine.missing.more')}>
        <a class="btn btn--main" href="/tra-cuu">
          {say('home.track')}
        </a>
        <a class="btn btn--plain" href="/">
          {say('home.services')}
        </a>
      </Empty>
    </Page>
  )
}
