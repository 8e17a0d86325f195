import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'

import { __vitePreload as preload } from './preload.ts'

/** A link as a browser makes it, as far as it is used here. */
class Link {
  rel = ''
  href = ''
  onload: (() => void) | null = null
  onerror: ((why: string) => void) | null = null
  remove(): void {
    links = links.filter((one) => one !== this)
  }
}

let links: Link[] = []
const named = (file: string): Link[] => links.filter(({ href }) => href === file)

beforeEach(() => {
  links = []
  Object.assign(globalThis, {
    document: {
      createElement: () => new Link(),
      head: { append: (link: Link) => links.push(link) },
      querySelector: (how: string) => links.find(({ href }) => how.includes(`"${href}"`)) ?? null,
    },
  })
})

test('a style is waited for, and the next that needs it does not ask again', async () => {
  const first = preload(async () => 'screen', ['assets/a.css'])
  const second = preload(async () => 'other', ['assets/a.css'])
  assert.equal(named('/assets/a.css').length, 1)

  named('/assets/a.css')[0]?.onload?.()

  assert.deepEqual(await Promise.all([first, second]), ['screen', 'other'])
})

test('a style that did not come is asked for again the next time', async () => {
  const first = preload(async () => 'screen', ['assets/b.css'])
  named('/assets/b.css')[0]?.onerror?.('lost')
  await assert.rejects(first)
  assert.equal(named('/assets/b.css').length, 0)

  const again = preload(async () => 'screen', ['assets/b.css'])
  named('/assets/b.css')[0]?.onload?.()

  assert.equal(await again, 'screen')
})

test('further scripts come beside, and nobody waits for them', async () => {
  assert.equal(await preload(async () => 'screen', ['assets/c.js']), 'screen')

  assert.deepEqual(named('/assets/c.js').map(({ rel }) => rel), ['modulepreload'])
})

test('what stands in the page already is not brought again', async () => {
  const link = new Link()
  link.href = '/assets/first.css'
  links.push(link)

  assert.equal(await preload(async () => 'screen', ['assets/first.css']), 'screen')

  assert.equal(links.length, 1)
})
