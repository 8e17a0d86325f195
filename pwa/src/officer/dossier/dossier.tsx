/** One dossier (hồ sơ): papers and viewer, what was declared, money, and the decision. */
import { useEffect, useMemo, useState } from 'preact/hooks'

import type { Definition } from '../../form/definition.ts'
import { today } from '../../form/today.ts'
import '../../parts/note/note.css'
import { Desk } from '../../parts/desk/frame.tsx'
import { KeyHelp } from '../../parts/desk/key-help.tsx'
import { useLoad } from '../../parts/desk/load.ts'
import type { Me } from '../../parts/desk/session.ts'
import { spoken } from '../../parts/desk/spoken.ts'
import { Tag } from '../../parts/desk/tag.tsx'
import { Toast, useToast } from '../../parts/desk/toast.tsx'
import { Empty, Waiting } from '../../parts/desk/trouble.tsx'
import { useTyped } from '../../parts/desk/typed.ts'
import { say as sayDesk } from '../../words/desk.ts'
import { say } from '../../words/officer.ts'
import { useMenu } from '../menu.ts'
import type { Full, Verb } from '../shapes.ts'
import { ChannelWords, Code, Due, FeeTag, StateTag } from '../signs.tsx'
import { way } from '../ways.ts'
import { Answers } from './answers.tsx'
import { boxOf } from './ask-form.tsx'
import { newAsking, withItem, type AskItem } from './asking.ts'
import { DECISION, Decide } from './decide.tsx'
import { typedAs } from './deciding.ts'
import { focusSoon } from './form.tsx'
import { mayAsk, movesAt } from './moves.ts'
import { ObligationCard, wayOpen, type Way } from './obligation.tsx'
import { OneStop } from './onestop.tsx'
import { pagesOf } from './pages.ts'
import { Papers } from './papers.tsx'
import { Past } from './past.tsx'
import { usePictures } from './pictures.ts'
import { Viewer } from './viewer.tsx'

const SIDE = 'viec'

const pathOf = (code: string): string => spoken(`/api/v1/workbench/dossiers/${encodeURIComponent(code)}`)

export function DossierPage({ code, me }: { code: string; me: Me }) {
  const { load, again, put } = useLoad<Full>(pathOf(code))
  const full = load.is === 'there' ? load.body : null
  const title = full?.procedure_title ?? say('dossier.code')
  return (
    <Desk me={me} title={title} menu={useMenu()} here={way.inbox} slim>
      {full !== null ? (
        <Whole full={full} put={put} again={again} />
      ) : (
        <div class="stack">
          <h1 class="unseen">{title}</h1>
          {load.is === 'refused' && load.problem.status === 404 ? (
            <Empty icon="search" title={say('dossier.gone')} words={say('dossier.gone.more')}>
              <a class="btn btn--fit" href={way.inbox}>
                {say('find.back')}
              </a>
            </Empty>
          ) : (
            <Waiting load={load} again={again} />
          )}
        </div>
      )}
    </Desk>
  )
}

function definitionPath({ procedure, version, unit }: Full): string {
  return spoken(`/api/v1/procedures/${procedure}?${new URLSearchParams({ unit, version }).toString()}`)
}

interface WholeProps {
  full: Full
  put: (full: Full) => void
  again: () => Promise<boolean>
}

function Whole({ full, put, again }: WholeProps) {
  const definition = useLoad<Definition>(definitionPath(full))
  const known = definition.load.is === 'there' ? definition.load.body : null
  const pages = useMemo(() => pagesOf(full.files), [full.files])
  const pictures = usePictures(full.files, () => void again())
  const [chosen, setAt] = useState(0)
  const at = Math.min(chosen, Math.max(0, pages.length - 1))
  const [open, setVerb] = useTyped<Verb | null>(`${full.code}.open`, null)
  const [wanted, setPaying] = useTyped<Way | null>(`${full.code}.fee`, null)
  const paying = wayOpen(wanted, full, known?.fee ?? null)
  const [asking, setAsking] = useTyped(typedAs(full.code, 'request_supplement'), newAsking(today()))
  const { toast, tell } = useToast()
  const offered = open !== null && !full.moves.includes(open) ? null : open

  /** One form at a time: the page has one main button. What was typed in the other is kept. */
  function setOpen(verb: Verb | null): void {
    setVerb(verb)
    if (verb !== null) setPaying(null)
  }

  function pay(next: Way | null): void {
    setPaying(next)
    if (next !== null) setVerb(null)
  }

  function done(after: Full, words: string): void {
    setOpen(null)
    put(after)
    tell(words)
    focusSoon(DECISION)
  }

  async function reload(): Promise<void> {
    tell((await again()) ? say('dossier.reloaded') : sayDesk('load.offline'))
  }

  function point(kind: AskItem['kind'], id: string): void {
    setAsking(withItem(asking, kind, id))
    setOpen('request_supplement')
    focusSoon(boxOf({ kind, id, words: '' }))
  }

  const may = mayAsk(full)
  return (
    <>
      <Head full={full} />
      <div class="room">
        <div class={pages.length === 0 ? 'dossier dossier--bare' : 'dossier'}>
          <Papers full={full} definition={known} pages={pages} at={at} show={(next) => show(next, setAt)} pictures={pictures} />
          {pages.length > 0 && (
            <div class="dossier__view" id="xem">
              <Viewer
                pages={pages}
                at={at}
                show={setAt}
                pictures={pictures}
                ask={may ? (paper) => point('paper', paper) : null}
              />
              <KeyHelp
                help={[
                  { keys: ['←', '→'], words: say('view.keys.page') },
                  { keys: ['+', '−'], words: say('view.keys') },
                  { keys: ['R'], words: say('view.keys.turn') },
                ]}
              />
            </div>
          )}
          <Answers
            full={full}
            definition={known}
            failed={definition.load.is === 'refused' || definition.load.is === 'offline'}
            ask={may && offered === 'request_supplement' ? (field) => point('field', field) : null}
          />
          <div class="dossier__side stack" id={SIDE}>
            <Decide
              full={full}
              definition={known}
              open={offered}
              setOpen={setOpen}
              quiet={paying !== null}
              asking={asking}
              setAsking={setAsking}
              done={done}
              reload={() => void reload()}
            />
            <ObligationCard
              full={full}
              fee={known?.fee ?? null}
              open={paying}
              setOpen={pay}
              done={(after, words) => { put(after); tell(words) }}
              reload={() => void reload()}
            />
            <OneStop full={full} />
            <Past full={full} />
          </div>
        </div>
      </div>
      {offered === null && paying === null && full.decided_here && <Bar full={full} setOpen={setOpen} />}
      <Toast words={toast} />
    </>
  )
}

/** On a phone the picture stands below the list: bring it into sight. */
function show(at: number, setAt: (at: number) => void): void {
  setAt(at)
  const view = document.getElementById('xem')
  if (view !== null && view.getBoundingClientRect().top > innerHeight * 0.6) view.scrollIntoView({ block: 'start' })
}

function Head({ full }: { full: Full }) {
  return (
    <div class="dossier__head">
      <div>
        <p class="small">
          <a class="crumb" href={way.inbox}>
            {say('menu.inbox')}
          </a>{' '}
          › <Code code={full.code} />
        </p>
        <h1>{full.procedure_title}</h1>
        <p class="small quiet side side--mid side--wrap">
          <span lang="vi">{full.unit_name}</span>
          <ChannelWords channel={full.channel} />
        </p>
      </div>
      <p class="dossier__tags">
        <span>
          <Due dossier={full} now={Date.now()} />
        </span>
        <StateTag state={full.state} />
        <FeeTag fee={full.obligation} />
        {full.held && <Tag tone="wait" icon="camera" words={say('papers.held')} />}
        {full.example && <Tag tone="plain" icon="star" words={say('dossier.example')} />}
      </p>
    </div>
  )
}

/** Whether something of the element can be seen. */
function useInSight(id: string): boolean {
  const [inSight, setInSight] = useState(false)
  useEffect(() => {
    const element = document.getElementById(id)
    if (element === null) return
    const watch = new IntersectionObserver((seen) => setInSight(seen.some((one) => one.isIntersecting)))
    watch.observe(element)
    return () => watch.disconnect()
  }, [id])
  return inSight
}

/** On a phone the decision stays within reach at the foot, until it is in sight itself. */
function Bar({ full, setOpen }: { full: Full; setOpen: (verb: Verb | null) => void }) {
  const { main, others } = movesAt(full)
  const there = useInSight(SIDE)
  if (main === null || there) return null
  return (
    <div class="dossier__bar only-narrow">
      <button class="btn btn--main" type="button" onClick={() => setOpen(main)}>
        {say(`${main}.do`)}
      </button>
      {others.length > 0 && (
        <button class="btn btn--fit" type="button" onClick={() => focusSoon(DECISION)}>
          {say('decide.more')}
        </button>
      )}
    </div>
  )
}
