/** A poster that leads nowhere: taken down, replaced, expired, or none of ours. */
import type { Poster } from '../../api/schema.ts'
import { say } from '../../words/next.ts'
import { useNames } from '../names.ts'
import { Empty } from '../trouble.tsx'
import { homeOf, startOf } from '../ways.ts'
import { grouped } from './landing.tsx'

export function Nowhere({ code, poster }: { code: string; poster: Poster | null }) {
  return poster === null ? <Unknown code={code} /> : <Gone poster={poster} />
}

function Unknown({ code }: { code: string }) {
  return (
    <Empty icon="qr" title={say('poster.unknown')} words={say('poster.unknown.more', { code: grouped(code) })}>
      <a class="btn btn--main" href="/">
        {say('poster.all')}
      </a>
    </Empty>
  )
}

function Gone({ poster }: { poster: Poster }) {
  const next = poster.replaced_by
  const title = poster.state === 'expired' ? say('poster.expired') : say('poster.gone')
  const called = useNames()
  const [first] = poster.procedures
  return (
    <Empty icon="qr" title={title} words={say(next === null ? 'poster.gone.more' : 'poster.gone.next', { code: grouped(poster.code), unit: poster.unit.name })}>
      {next !== null ? (
        <a class="btn btn--main" href={`/q/${next}`}>
          {say('poster.successor')}
        </a>
      ) : (
        first !== undefined && (
          <a class="btn btn--main" href={startOf(first.code, poster.unit.code, null)}>
            {called(first)}
          </a>
        )
      )}
      <a class="btn btn--plain" href={homeOf(poster.unit.code, null)}>
        {say('poster.all')}
      </a>
    </Empty>
  )
}
