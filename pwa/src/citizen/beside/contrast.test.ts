import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const read = (file: string): string => readFileSync(join(import.meta.dirname, '../..', file), 'utf8')

/** The tokens that stand between the two signs, each with its value. */
function tokens(css: string, from: string, to: string): Record<string, string> {
  const part = css.split(from)[1]?.split(to)[0] ?? ''
  return Object.fromEntries([...part.matchAll(/(--[\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]))
}

test('who chooses stronger contrast on the page sees the colours of who asked the device for it', () => {
  const device = read('style/tokens.css')
  const page = read('citizen/beside/contrast.css')

  const light = tokens(device, '@media (prefers-contrast: more) {', '@media')
  const dark = tokens(device, '@media (prefers-contrast: more) and (prefers-color-scheme: dark) {', '@media')

  assert.ok('--edge' in light && '--edge' in dark)
  assert.deepEqual(tokens(page, '[data-contrast="more"] {', '@media'), light)
  assert.deepEqual(tokens(page, '@media (prefers-color-scheme: dark) {', '@media'), dark)
})

test('what more contrast frames is framed for who chose it on the page', () => {
  const page = read('citizen/beside/contrast.css')

  for (const part of ['note', 'tag', 'where']) {
    assert.match(read(`parts/${part}/${part}.css`), /prefers-contrast: more/)
    assert.match(page, new RegExp(`\\[data-contrast="more"\\] \\.${part}\\b`))
  }
})
