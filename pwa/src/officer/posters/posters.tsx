/** Posters (tờ dán): make one of a procedure, and those that hang, with their scans. */
import { useState } from 'preact/hooks'

import type { Listed } from '../../api/schema.ts'
import { Desk } from '../../parts/desk/frame.tsx'
import { useLoad } from '../../parts/desk/load.ts'
import { ask, type Me } from '../../parts/desk/session.ts'
import { Tag, type Sign } from '../../parts/desk/tag.tsx'
import { Toast, useToast } from '../../parts/desk/toast.tsx'
import { Empty, Waiting } from '../../parts/desk/trouble.tsx'
import { useTyped } from '../../parts/desk/typed.ts'
import { describedBy } from '../../parts/field/described.ts'
import { Frame } from '../../parts/field/frame.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import * as format from '../../words/format.ts'
import { language } from '../../words/say.ts'
import { say } from '../../words/officer.ts'
import { useMenu } from '../menu.ts'
import type { List, Poster } from '../shapes.ts'
import { way } from '../ways.ts'

const PATH = '/api/v1/workbench/posters'

export function Posters({ me }: { me: Me }) {
  const { load, again, put } = useLoad<List<Poster>>(PATH)
  const procedures = useLoad<List<Listed>>('/api/v1/procedures')
  const { toast, tell } = useToast()
  const listed = procedures.load.is === 'there' ? procedures.load.body.items : []

  function made(poster: Poster): void {
    if (load.is === 'there') put({ ...load.body, items: [poster, ...load.body.items] })
    else void again()
    tell(say('poster.made', { code: poster.code }))
  }

  return (
    <Desk me={me} title={say('poster.title')} menu={useMenu()} here={way.posters}>
      <div class="stack--wide">
        <h1>{say('poster.title')}</h1>
        <div class="cols cols--back">
          <Form me={me} procedures={listed.filter((one) => one.fileable)} made={made} />
          <div class="stack">
            <Waiting load={load} again={again} />
            {load.is === 'there' && <Hanging posters={load.body.items} titles={listed} />}
          </div>
        </div>
      </div>
      <Toast words={toast} />
    </Desk>
  )
}

interface Wanted {
  unit: string
  procedure: string
  campaign: string
}

interface FormProps {
  me: Me
  procedures: readonly Listed[]
  made: (poster: Poster) => void
}

function Form({ me, procedures, made }: FormProps) {
  const [wanted, setWanted] = useTyped<Wanted>('poster', { unit: me.units[0] ?? '', procedure: '', campaign: '' })
  const [wrong, setWrong] = useState<{ procedure?: string; all?: string }>({})
  const [busy, setBusy] = useState(false)

  async function make(event: Event): Promise<void> {
    event.preventDefault()
    if (busy) return
    if (wanted.procedure === '') {
      setWrong({ procedure: say('poster.procedure.empty') })
      document.getElementById('thu-tuc')?.focus()
      return
    }
    const campaign = wanted.campaign.trim()
    const json = { unit: wanted.unit, procedure: wanted.procedure, ...(campaign !== '' && { campaign }) }
    setBusy(true)
    const result = await ask<Poster>(PATH, { method: 'POST', json })
    setBusy(false)
    if (result.end === 'answer') {
      setWrong({})
      setWanted({ ...wanted, campaign: '' })
      made(result.body)
    } else {
      const title = result.end === 'refusal' && language() === 'vi' ? result.problem.title : ''
      setWrong({ all: title === '' ? say('poster.refused') : title })
    }
  }

  return (
    <form class="card stack" aria-labelledby="moi" noValidate onSubmit={(event) => void make(event)}>
      <h2 id="moi">{say('poster.new')}</h2>
      {wrong.all !== undefined && (
        <p class="note note--wrong" role="alert">
          <Icon of="alert" />
          <span class="note__body">{wrong.all}</span>
        </p>
      )}
      {me.units.length > 1 && (
        <Pick
          id="don-vi"
          label={say('poster.unit')}
          value={wanted.unit}
          options={me.units.map((unit) => [unit, me.unit_names[unit] ?? unit])}
          set={(unit) => setWanted({ ...wanted, unit })}
        />
      )}
      <Pick
        id="thu-tuc"
        label={say('poster.procedure')}
        value={wanted.procedure}
        options={[['', say('poster.procedure.empty')], ...procedures.map((one) => [one.code, one.title] as const)]}
        set={(procedure) => setWanted({ ...wanted, procedure })}
        wrong={wrong.procedure}
      />
      <Frame id="dot" label={say('poster.campaign')} hint={say('poster.campaign.hint')} required={false}>
        <input
          class="field__input"
          id="dot"
          maxLength={120}
          autocomplete="off"
          value={wanted.campaign}
          {...describedBy({ id: 'dot', hint: say('poster.campaign.hint') })}
          onInput={(event) => setWanted({ ...wanted, campaign: event.currentTarget.value })}
        />
      </Frame>
      <button class="btn btn--main" type="submit" aria-disabled={busy}>
        <Icon of="qr" />
        {say('poster.make')}
      </button>
      <p class="small quiet">{say('poster.private')}</p>
    </form>
  )
}

interface PickProps {
  id: string
  label: string
  value: string
  options: readonly (readonly [string, string])[]
  set: (value: string) => void
  wrong?: string | undefined
}

function Pick({ id, label, value, options, set, wrong }: PickProps) {
  return (
    <Frame id={id} label={label} wrong={wrong} required>
      <select
        class={wrong === undefined ? 'field__input' : 'field__input field__input--wrong'}
        id={id}
        value={value}
        {...describedBy({ id, wrong })}
        onChange={(event) => set(event.currentTarget.value)}
      >
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </Frame>
  )
}

const STATE: Readonly<Record<Poster['state'], Omit<Sign, 'words'>>> = {
  live: { tone: 'safe', icon: 'check' },
  withdrawn: { tone: 'plain', icon: 'minus' },
  expired: { tone: 'plain', icon: 'clock' },
}

/** Eight symbols in two groups, as they stand on the paper. */
const groups = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`

function Hanging({ posters, titles }: { posters: readonly Poster[]; titles: readonly Listed[] }) {
  if (posters.length === 0)
    return <Empty icon="qr" title={say('poster.none')} words={say('poster.none.more')} />
  const title = (code: string): string => titles.find((one) => one.code === code)?.title ?? code
  return (
    <div class="frame">
      <table class="table table--fold" role="table">
        <caption class="unseen">{say('poster.caption')}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">{say('poster.code')}</th>
            <th scope="col" role="columnheader">{say('poster.place')}</th>
            <th scope="col" role="columnheader" class="table__n">{say('poster.scans')}</th>
            <th scope="col" role="columnheader">{say('poster.state')}</th>
            <th scope="col" role="columnheader">{say('poster.paper')}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {posters.map((poster) => (
            <Row key={poster.code} poster={poster} title={poster.procedures.map(title).join(', ')} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ poster, title }: { poster: Poster; title: string }) {
  const { code, campaign, scans, state, pdf_url: pdf, made_at: made } = poster
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <span class="mono">{groups(code)}</span>
        <span class="table__sub">{title}</span>
      </th>
      <td role="cell">
        {campaign ?? ''}
        <span class="table__sub num">{format.day(made)}</span>
      </td>
      <td role="cell" class="table__n">
        <span class="only-wide">{scans}</span>
        <span class="only-narrow">{say('poster.scans.of', { count: scans })}</span>
      </td>
      <td role="cell">
        <Tag {...STATE[state]} words={say(`poster.${state}`)} />
      </td>
      <td role="cell">
        {state === 'live' && (
          <a class="link link--line" href={pdf} target="_blank" rel="noreferrer" aria-label={say('poster.pdf.of', { code: groups(code) })}>
            <Icon of="print" />
            {say('poster.pdf')}
          </a>
        )}
      </td>
    </tr>
  )
}
