/** A start page that is not there: no such procedure, or no such office. */
import { slugOf, type Problem } from '../../api/client.ts'
import { say } from '../../words/next.ts'
import { Empty } from '../trouble.tsx'
import { homeOf, startOf } from '../ways.ts'

export interface NoStartProps {
  problem: Problem
  code: string
  unit: string | null
  qr: string | null
}

export function NoStart({ problem, code, unit, qr }: NoStartProps) {
  if (unit !== null && slugOf(problem) !== 'unknown-procedure')
    return (
      <Empty icon="pin" title={say('ward.unknown')} words={say('ward.unknown.more')}>
        <a class="btn btn--main" href={startOf(code, null, qr)}>
          {say('start.chooseWard')}
        </a>
      </Empty>
    )
  return (
    <Empty icon="paper" title={say('start.unknown')} words={say('start.unknown.more')}>
      <a class="btn btn--main" href={homeOf(unit, qr)}>
        {say('poster.all')}
      </a>
    </Empty>
  )
}
