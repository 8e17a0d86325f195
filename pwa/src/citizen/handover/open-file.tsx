/** `/h#tep`: a locked file from another device is opened here with its sixteen digits. */
import { useRef, useState } from 'preact/hooks'

import '../../parts/field/field.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/beside.ts'
import { way } from '../ways.ts'
import { openFile, type Wrong } from './take-file.ts'

export function OpenFile() {
  const chooser = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [digits, setDigits] = useState('')
  const [wrong, setWrong] = useState<Wrong | null>(null)
  const [working, setWorking] = useState(false)
  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    setWorking(true)
    const end = await openFile(file, digits).catch((): Wrong => 'wrong')
    setWorking(false)
    if (typeof end === 'string') setWrong(end)
    else go(way.dossier(end.id), 'replace')
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
