/** What a search on the first page finds: procedures, what comes near, what another office does. */
import type { VNode } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'

import { read } from '../../api/client.ts'
import type { Chooser, Elsewhere, SearchWords } from '../../api/schema.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/find.ts'
import { language } from '../../words/say.ts'
import type { Body, Cause } from './home.tsx'
import { Choosers, Rows } from './rows.tsx'
import { find, type Hits } from './search.ts'

export interface FoundProps {
  cause: Cause
  body: Body
  typed: string
  /** What stands here while nothing is looked for. */
  all: VNode
}

const AT = '/api/v1/search-words'
const addressNow = (): string => (language() === 'vi' ? AT : `${AT}?language=${language()}`)
const known = new Map<string, SearchWords>()
const NO_WORDS: SearchWords = { fillers: [], common: [], elsewhere: [] }

/** The words that help finding, those in Vietnamese rather than none; without network the ones that were kept. */
async function learn(address: string): Promise<void> {
  if (known.has(address)) return
  const result = await read<SearchWords>(address)
  if (result.end === 'answer') known.set(address, result.body)
  else if (address !== AT) {
    await learn(AT)
    const instead = known.get(AT)
    if (instead !== undefined) known.set(address, instead)
  }
}

/** Milliseconds after which a search begins without its words. */
const PATIENCE = 1500

/** What is shown, when its words are there; a search without them still finds. */
export async function ready(): Promise<typeof Found> {
  await Promise.race([learn(addressNow()), new Promise((go) => setTimeout(go, PATIENCE))])
  return Found
}

/** What was typed a moment ago: drawn when the letters already stand in the box, so that typing does not wait for the list. */
function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed)
  useEffect(() => {
    const frame = requestAnimationFrame(() => setSettled(typed))
    return () => cancelAnimationFrame(frame)
  }, [typed])
  return settled
}

function useWords(): SearchWords | undefined {
  const [, redraw] = useState(0)
  const address = addressNow()
  useEffect(() => {
    if (!known.has(address)) void learn(address).then(() => redraw((count) => count + 1))
  }, [address])
  return known.get(address)
}

export function Found({ typed, ...rest }: FoundProps) {
  const settled = useSettled(typed)
  const words = useWords()
  return useMemo(() => <Shown typed={settled} words={words} {...rest} />, [settled, words, rest.body])
}

interface ShownProps extends FoundProps {
  words: SearchWords | undefined
}

function Shown({ cause, body, typed, all, words = NO_WORDS }: ShownProps) {
  const hits = find(body.items, typed, words)
  if (hits.lines.length === body.items.length && !hits.near) return all
  const codes = new Set(hits.lines.map(({ code }) => code))
  const leads = ({ questions }: Chooser): boolean => questions.some(({ options }) => options.some(({ procedure }) => codes.has(procedure ?? '')))
  const known = body.choosers ?? []
  const families = codes.size === 0 ? known : known.filter(leads)
  return (
    <>
      <p class={codes.size > 0 && !hits.near && hits.elsewhere.length === 0 ? 'small quiet' : ''} role="status">
        {told(hits)}
      </p>
      {hits.near && <h2>{say('find.near')}</h2>}
      {codes.size > 0 && <Rows cause={cause} found={hits.lines} />}
      {hits.elsewhere.map((one) => (
        <Door key={one.id} one={one} />
      ))}
      {families.length > 0 && <Choosers found={families} />}
    </>
  )
}

function told({ lines, near, elsewhere, rest }: Hits<unknown>): string {
  if (elsewhere.length > 0 && rest) return say('find.part')
  if (near) return say('find.only.near')
  if (lines.length > 0) return say('find.found', { count: lines.length })
  return say(elsewhere.length > 0 ? 'find.elsewhere' : 'find.nothing')
}

/** What another office does, and which. */
function Door({ one: { title, office, unverified } }: { one: Elsewhere }) {
  return (
    <div class="note">
      <Icon of="door" />
      <div class="note__body stack--tight">
        <h2 class="note__title">{title}</h2>
        <p>{office}</p>
        {unverified && <p class="small">{say('find.unverified')}</p>}
      </div>
    </div>
  )
}
