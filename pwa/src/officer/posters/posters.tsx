/** Posters (tờ dán): make one of a procedure, and those that hang, with their scans. */
import type { Listed } from '../../api/schema.ts'
import { Desk } from '../../parts/desk/frame.tsx'
import { useLoad } from '../../parts/desk/load.ts'
import type { Me } from '../../parts/desk/session.ts'
import { spoken } from '../../parts/desk/spoken.ts'
import { Toast, useToast } from '../../parts/desk/toast.tsx'
import { Waiting } from '../../parts/desk/trouble.tsx'
import { say } from '../../words/officer.ts'
import { useMenu } from '../menu.ts'
import type { List, Poster } from '../shapes.ts'
import { way } from '../ways.ts'
import { Hanging } from './hanging.tsx'
import { NewPoster } from './new-poster.tsx'
import { groups, POSTERS } from './poster.ts'

export function Posters({ me }: { me: Me }) {
  const { load, again, put } = useLoad<List<Poster>>(POSTERS)
  const procedures = useLoad<List<Listed>>(spoken('/api/v1/procedures'))
  const { toast, tell } = useToast()
  const listed = procedures.load.is === 'there' ? procedures.load.body.items : []

  function made(poster: Poster): void {
    if (load.is === 'there') put({ ...load.body, items: [poster, ...load.body.items] })
    else void again()
    tell(say('poster.made', { code: groups(poster.code) }))
  }

  function withdrawn(poster: Poster): void {
    if (load.is === 'there')
      put({ ...load.body, items: load.body.items.map((one) => (one.code === poster.code ? poster : one)) })
    tell(say('withdraw.done', { code: groups(poster.code) }))
  }

  return (
    <Desk me={me} title={say('poster.title')} menu={useMenu()} here={way.posters}>
      <div class="stack--wide room">
        <h1>{say('poster.title')}</h1>
        <div class="cols cols--back">
          <NewPoster me={me} procedures={listed.filter((one) => one.fileable)} made={made} />
          <div class="stack">
            <Waiting load={load} again={again} />
            {load.is === 'there' && <Hanging posters={load.body.items} titles={listed} me={me} withdrawn={withdrawn} />}
          </div>
        </div>
      </div>
      <Toast words={toast} />
    </Desk>
  )
}
