/** Another office than the poster's: the poster still counts as what brought the person here. */
import { Icon } from '../../parts/icon/icon.tsx'
import '../../parts/icon/more.ts'
import { Page } from '../../parts/page/page.tsx'
import { say } from '../../words/next.ts'
import { useReading } from '../reading.ts'
import { Broken, Coming, Offline } from '../trouble.tsx'

export interface Unit {
  code: string
  name: string
  office?: string | null
  portal_only?: boolean
}

export interface OtherWardProps {
  now: Unit | null
  choose: (unit: Unit) => void
  back: () => void
}

export function OtherWard({ now, choose, back }: OtherWardProps) {
  const { reading, again } = useReading<{ items: Unit[] }>('/api/v1/units')
  return (
    <Page title={say('ward.title')} unit={now?.office ?? now?.name}>
      <div class="stack--wide">
        <button class="link" type="button" onClick={back}>
          <Icon of="back" />
          {say('nav.return')}
        </button>
        <div class="stack--tight">
          <h1>{say('ward.title')}</h1>
          <p class="quiet">{say('ward.more')}</p>
        </div>
        {reading.is === 'coming' && <Coming />}
        {reading.is === 'offline' && <Offline within again={again} />}
        {reading.is === 'refused' && <Broken within problem={reading.problem} again={again} />}
        {reading.is === 'there' && (
          <ul class="stack--tight">
            {reading.body.items.map((unit) => (
              <li key={unit.code}>
                <button
                  class={unit.code === now?.code ? 'btn btn--main' : 'btn'}
                  type="button"
                  aria-current={unit.code === now?.code}
                  onClick={() => choose(unit)}
                >
                  {unit.code === now?.code && <Icon of="check" />}
                  <span>
                    {unit.name}
                    {unit.portal_only === true && (
                      <small class="small">
                        <br />
                        {say('ward.portal')}
                      </small>
                    )}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Page>
  )
}
