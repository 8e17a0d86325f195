/** The frame of every desk page: side menu (behind "Mục lục" on a phone), main. */
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { say as sayFirst } from '../../words/first.ts'
import { say } from '../../words/desk.ts'
import { Icon } from '../icon/icon.tsx'
import type { Shape } from '../icon/shapes.ts'
import { useArrival } from '../page/page.tsx'
import { Mark, Tools } from '../top/top.tsx'
import './frame.css'
import './table.css'
import './lists.css'
import './dossier.css'
import './forms.css'
import './shown.css'
import { signOut, type Me } from './session.ts'

export interface MenuItem {
  href: string
  icon: Shape
  words: string
  /** How many wait there; nothing while unknown or none. */
  count?: number | undefined
}

interface Props {
  me: Me
  title: string
  menu: readonly MenuItem[]
  /** The address of the open item. */
  here: string
  /** The menu is a strip of signs, so that the work has the room. */
  slim?: boolean
  children: ComponentChildren
}

export function unitsOf(me: Me): string {
  const names = me.units.map((unit) => me.unit_names[unit] ?? unit)
  return names.length > 2 ? say('frame.units', { count: names.length }) : names.join(', ')
}

function useDeskLook(): void {
  useEffect(() => {
    document.documentElement.dataset['desk'] = ''
    return () => {
      delete document.documentElement.dataset['desk']
    }
  }, [])
}

export function Desk({ me, title, menu, here, slim = false, children }: Props) {
  const [open, setOpen] = useState(false)
  const main = useArrival(title)
  useDeskLook()
  return (
    <>
      <a class="skip" href="#noi-dung">
        {sayFirst('top.skip')}
      </a>
      <header class="top only-narrow">
        <div class="top__row">
          <Mark />
          <p class="top__unit">
            <span class="top__name">Một Cửa QR</span>
            {unitsOf(me)}
          </p>
          <div class="top__tools">
            <button
              class="top__tool"
              type="button"
              aria-expanded={open}
              aria-controls="muc-luc"
              onClick={() => setOpen(!open)}
            >
              {say('frame.menu')}
            </button>
          </div>
        </div>
        <span class="top__slats" />
      </header>
      <div class={slim ? 'desk desk--slim' : 'desk'}>
        <nav
          class={open ? 'desk__nav desk__nav--open' : 'desk__nav'}
          id="muc-luc"
          aria-label={say('frame.nav')}
        >
          <p class="desk__brand only-wide">
            <Mark />
            <span>
              <span class="top__name">Một Cửa QR</span>
              {unitsOf(me)}
            </span>
          </p>
          {menu.map((item) => (
            <Item key={item.href} item={item} here={item.href === here} slim={slim} />
          ))}
          <div class="desk__foot">
            <p class="desk__who">{me.name}</p>
            <div class="desk__tools">
              <Tools />
            </div>
            <button class="desk__link desk__out" type="button" title={slim ? say('frame.out') : undefined} onClick={() => void signOut()}>
              <Icon of="back" />
              <span>{say('frame.out')}</span>
            </button>
          </div>
        </nav>
        <main class="desk__main" id="noi-dung" ref={main} tabindex={-1}>
          {children}
        </main>
      </div>
    </>
  )
}

function Item({ item, here, slim }: { item: MenuItem; here: boolean; slim: boolean }) {
  const { href, icon, words, count } = item
  return (
    <a
      class={here ? 'desk__link desk__link--here' : 'desk__link'}
      href={href}
      aria-current={here ? 'page' : undefined}
      title={slim ? words : undefined}
    >
      <Icon of={icon} />
      <span>{words}</span>
      {count !== undefined && count > 0 && <span class="desk__n">{count}</span>}
    </a>
  )
}
