/** The frame of every citizen's page: skip link, header, where-strip, main. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

import { Top } from '../top/top.tsx'
import { Where, type Whereabouts } from '../where/where.tsx'
import { say } from '../../words/first.ts'

interface Props {
  title: string
  /** The office that receives, as its people call it. */
  unit?: string | undefined
  where?: Whereabouts | undefined
  /** The landing page draws its own ground. */
  bare?: boolean
  children: ComponentChildren
}

/** The browser itself tells of the first page. */
let arrived = false

/** Give the heading the focus when the page under it has changed, and name the tab after it. */
export function useArrival(title: string): { current: HTMLElement | null } {
  const main = useRef<HTMLElement>(null)
  useEffect(() => {
    document.title = `${title} – Một Cửa QR`
    if (!arrived) {
      arrived = true
      return
    }
    const heading = main.current?.querySelector('h1')
    heading?.setAttribute('tabindex', '-1')
    if (document.querySelector('[role=alert]') === null) heading?.focus({ preventScroll: true })
  }, [title])
  return main
}

export function Page({ title, unit, where, bare = false, children }: Props) {
  const main = useArrival(title)
  return (
    <>
      <a class="skip" href="#noi-dung">
        {say('top.skip')}
      </a>
      <header class="top">
        <Top unit={unit} />
        {where !== undefined && <Where at={where} />}
      </header>
      <main class={bare ? '' : 'page'} id="noi-dung" ref={main} tabindex={-1}>
        {children}
      </main>
    </>
  )
}
