/** A statement of a day (sao kê) is chosen as a file or pasted, and compared. */
import { useRef, useState } from 'preact/hooks'

import '../../parts/note/note.css'
import { slugOf, type Result } from '../../api/client.ts'
import { ask } from '../../parts/desk/session.ts'
import { forgetTyped, useTyped } from '../../parts/desk/typed.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/officer-money.ts'
import { focusSoon, TextArea } from '../dossier/form.tsx'
import { Pick } from '../posters/new-poster.tsx'
import type { CloseList, DailyClose } from '../shapes.ts'
import { adapterName } from '../signs.tsx'
import { way } from '../ways.ts'
import { CLOSES } from './acting.ts'
import { lastDays } from './days.ts'
import { refusalOf, type Refusal } from './refused.ts'
import { Refused } from './signs.tsx'

const KEPT = 'close.new'
const PASTED = 'dan-sao-ke'
const CHOOSE = 'tep-sao-ke'
const LARGEST = 1024 * 1024
const MOST_PASTED = 1_000_000
const FORMS = '.csv,.xlsx,.txt'

/** What stands in the way, in our words, and what the reader of files says of the line. */
interface Wrong {
  words: string
  detail?: string | undefined
}

export function Upload({ closes: { units, sources } }: { closes: CloseList }) {
  const days = lastDays(Date.now())
  const [typed, setTyped] = useTyped(KEPT, { source: '', unit: '', day: '', pasted: '' })
  const [file, setFile] = useState<File | null>(null)
  const [wrong, setWrong] = useState<Wrong | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [busy, setBusy] = useState(false)
  const among = (wanted: string, known: readonly string[]): string => known.find((one) => one === wanted) ?? known[0] ?? ''
  const source = among(typed.source, sources)
  const unit = among(typed.unit, Object.keys(units))
  const day = among(typed.day, days.map(([one]) => one))

  function standsInTheWay(): Wrong | null {
    const pasted = typed.pasted.trim() !== ''
    if (file === null && !pasted) return { words: say('upload.none') }
    if (file !== null && pasted) return { words: say('upload.both') }
    return (file ?? new Blob([typed.pasted])).size > LARGEST ? { words: say('upload.large') } : null
  }

  /** What was wrong with another file is not said of this one. */
  function choose(one: File | null): void {
    setWrong(null)
    setFile(one)
  }

  async function send(): Promise<void> {
    if (busy) return
    const found = standsInTheWay()
    setWrong(found)
    setRefusal(null)
    if (found !== null) return focusSoon(CHOOSE)
    setBusy(true)
    const bytes = file === null ? new TextEncoder().encode(typed.pasted).buffer : await file.arrayBuffer()
    const asked = new URLSearchParams({ adapter: source, unit, day }).toString()
    const result = await ask<DailyClose>(`${CLOSES}?${asked}`, { method: 'POST', bytes })
    setBusy(false)
    if (result.end !== 'answer') return refused(result)
    forgetTyped(KEPT)
    go(way.close(result.body.close))
  }

  function refused(result: Exclude<Result<unknown>, { end: 'answer' }>): void {
    if (result.end === 'refusal' && slugOf(result.problem) === 'no-statement')
      setWrong({ words: say('upload.refused'), detail: result.problem.detail })
    else setRefusal(refusalOf(result))
  }

  if (sources.length === 0)
    return (
      <div class="note note--wait">
        <Icon of="alert" />
        <p class="note__body">{say('upload.nobody')}</p>
      </div>
    )
  return (
    <form
      class="card stack"
      aria-labelledby="lap-bang"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <h2 id="lap-bang">{say('upload.title')}</h2>
      <Refused refusal={refusal} again={() => setRefusal(null)} />
      {sources.length > 1 && (
        <Pick id="kenh" label={say('upload.source')} value={source} options={sources.map((one) => [one, adapterName(one)])} set={(one) => setTyped({ ...typed, source: one })} />
      )}
      {Object.keys(units).length > 1 && (
        <Pick id="don-vi" label={say('upload.unit')} value={unit} options={Object.entries(units)} set={(one) => setTyped({ ...typed, unit: one })} />
      )}
      <Pick id="ngay" label={say('upload.day')} value={day} options={days} set={(one) => setTyped({ ...typed, day: one })} />
      {wrong !== null && <Fault wrong={wrong} />}
      <Chooser file={file} choose={choose} />
      <TextArea
        id={PASTED}
        label={say('upload.paste')}
        hint={say('upload.paste.hint')}
        value={typed.pasted}
        set={(pasted) => setTyped({ ...typed, pasted })}
        required={false}
        most={MOST_PASTED}
        raw
      />
      <button class="btn btn--main" type="submit" aria-disabled={busy}>
        {say('upload.do')}
      </button>
      <p class="small quiet">{say('upload.kept')}</p>
    </form>
  )
}

/** The line that cannot be read is named by who reads the bank's files, in Vietnamese. */
function Fault({ wrong }: { wrong: Wrong }) {
  return (
    <div class="note note--wrong" role="alert">
      <Icon of="alert" />
      <p class="note__body">
        <b>{wrong.words}</b> {wrong.detail !== undefined && <span lang="vi">{wrong.detail}</span>}
      </p>
    </div>
  )
}

function Chooser({ file, choose }: { file: File | null; choose: (file: File | null) => void }) {
  const chooser = useRef<HTMLInputElement>(null)

  function drop(): void {
    if (chooser.current !== null) chooser.current.value = ''
    choose(null)
    focusSoon(CHOOSE)
  }

  return (
    <div class="field stack--tight">
      <input
        ref={chooser}
        type="file"
        accept={FORMS}
        hidden
        aria-label={say('upload.file')}
        onChange={(event) => choose(event.currentTarget.files?.[0] ?? null)}
      />
      <button class="btn" id={CHOOSE} type="button" aria-describedby={`${CHOOSE}-hint`} onClick={() => chooser.current?.click()}>
        <Icon of="paper" />
        {say('upload.file')}
      </button>
      <p class="small quiet" id={`${CHOOSE}-hint`}>
        {say('upload.file.hint')}
      </p>
      <p role="status">{file?.name ?? ''}</p>
      {file !== null && (
        <button class="link" type="button" onClick={drop}>
          <Icon of="bin" />
          {say('upload.drop', { name: file.name })}
        </button>
      )}
    </div>
  )
}
