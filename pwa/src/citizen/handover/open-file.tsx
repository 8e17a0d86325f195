/** `/h#tep`: a locked file from another device is opened here with its sixteen digits. */
import { useRef, useState } from 'preact/hooks'

import { read } from '../../api/client.ts'
import { book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import { draftOf, unlock, type Unlocked } from '../../drafts/locked-file.ts'
import type { Definition } from '../../form/definition.ts'
import '../../parts/field/field.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/beside.ts'
import { procedureAt } from '../reading.ts'
import { way } from '../ways.ts'

type Wrong = 'foreign' | 'wrong' | 'here' | 'nothing' | 'full'

/** The form is the office's own where it can be asked; the file's stands in without network. */
async function keepForm(dossier: Dossier, definition: Definition): Promise<void> {
  if ((await book.definition(dossier)) !== null) return
  const { procedure, version, unit } = dossier
  const official = await read<Definition>(procedureAt(procedure, { unit: unit.code, version }))
  await book.putDefinition(official.end === 'answer' ? official.body : definition)
}

/** What is here already is never written over. */
async function take(found: Unlocked): Promise<Wrong | null> {
  const { definition, files } = found
  const dossier = draftOf(found, Date.now())
  if (dossier === null) return 'wrong'
  await book.ready()
  if (book.get(dossier.id) !== null) return 'here'
  await keepForm(dossier, definition)
  for (const { sha256, file } of files) await book.putBytes(dossier.id, sha256, file)
  await book.add(dossier)
  return null
}

async function open(file: File | null, digits: string): Promise<Wrong | string> {
  if (file === null || digits.replace(/\D/g, '') === '') return 'nothing'
  const found = await unlock(await file.arrayBuffer(), digits)
  if (typeof found === 'string') return found
  return (await take(found).catch((): Wrong => 'full')) ?? way.dossier(found.dossier.id)
}

export function OpenFile() {
  const chooser = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [digits, setDigits] = useState('')
  const [wrong, setWrong] = useState<Wrong | null>(null)
  const [working, setWorking] = useState(false)
  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    setWorking(true)
    const end = await open(file, digits).catch(() => 'wrong')
    setWorking(false)
    if (end.startsWith('/')) go(end, 'replace')
    else setWrong(end as Wrong)
  }
  return (
    <Page title={say('file.open')}>
      <form class="stack--wide" noValidate onSubmit={(event) => void submit(event)}>
        <div class="stack--tight">
          <h1>{say('file.open')}</h1>
          <p>{say('file.open.more')}</p>
        </div>
        {wrong !== null && (
          <p key={wrong} class="field__wrong" role="alert">
            <Icon of="alert" />
            {say(`file.${wrong}`)}
          </p>
        )}
        <div class="field">
          <input ref={chooser} type="file" hidden aria-label={say('file.which')} onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)} />
          <button class="btn" type="button" onClick={() => chooser.current?.click()}>
            <Icon of="paper" />
            {say('file.which')}
          </button>
          <p class="small" role="status">
            {file?.name ?? ''}
          </p>
        </div>
        <div class="field">
          <label class="field__label" for="so">
            {say('file.given')}
          </label>
          <input
            class="field__input mono"
            id="so"
            inputmode="numeric"
            autocomplete="off"
            value={digits}
            onInput={(event) => setDigits(event.currentTarget.value)}
          />
        </div>
        <p role="status">{working ? say('file.working') : ''}</p>
        <button class="btn btn--main" type="submit">
          {say('file.do')}
        </button>
      </form>
    </Page>
  )
}
