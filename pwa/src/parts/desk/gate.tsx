/** Who may pass to a desk: nobody without a session, nobody with another role. */
import type { ComponentChildren } from 'preact'

import { say } from '../../words/desk.ts'
import { Icon } from '../icon/icon.tsx'
import { unitsOf } from './frame.tsx'
import { Page } from '../page/page.tsx'
import { recognise, signOut, useSession, type Me } from './session.ts'
import { SignIn } from './sign-in.tsx'
import { Broken, Empty } from './trouble.tsx'

interface Props {
  desk: 'officer' | 'leader'
  children: (me: Me) => ComponentChildren
}

const HOME = { officer: '/can-bo/', leader: '/lanh-dao/' } as const

export function Gate({ desk, children }: Props) {
  const session = useSession()
  const again = (): void => void recognise()
  switch (session.is) {
    case 'asking':
      return null
    case 'out':
      return <SignIn why={session.why} desk={desk} />
    case 'offline':
      return (
        <Page title={say('load.offline')} unit={say(`in.${desk}`)}>
          <h1 class="unseen">{say('in.title')}</h1>
          <Empty icon="cut" title={say('load.offline')} words={say('load.offline.more')}>
            <button class="btn btn--fit" type="button" onClick={again}>
              <Icon of="again" />
              {say('load.again')}
            </button>
          </Empty>
        </Page>
      )
    case 'broken':
      return (
        <Page title={say('load.ours')} unit={say(`in.${desk}`)}>
          <h1 class="unseen">{say('in.title')}</h1>
          <Broken trace={session.trace} again={again} />
        </Page>
      )
    case 'in':
      return session.me.role === desk ? <>{children(session.me)}</> : <Elsewhere me={session.me} />
  }
}

function Elsewhere({ me }: { me: Me }) {
  const role = say(`role.${me.role}`)
  const home = me.role === 'officer' || me.role === 'leader' ? HOME[me.role] : null
  return (
    <Page title={say('role.title')} unit={unitsOf(me)}>
      <div class="stack">
        <h1>{say('role.title')}</h1>
        <p>{say('role.more', { name: me.name, role })}</p>
        {home === null ? (
          <p>{say('role.none')}</p>
        ) : (
          <a class="btn btn--main" href={home}>
            {say('role.go', { role })}
          </a>
        )}
        <button class="btn" type="button" onClick={() => void signOut()}>
          {say('frame.out')}
        </button>
      </div>
    </Page>
  )
}
