import assert from 'node:assert/strict'
import { test } from 'node:test'

import { area, language, speak } from './say.ts'

test('a language whose words cannot come is not half spoken', async () => {
  const here = area({ yes: 'Có' }, () => Promise.resolve({ yes: 'Yes' }))
  area({ no: 'Không' }, () => Promise.reject(new Error('no network')))

  await speak('en')

  assert.equal(language(), 'vi')
  assert.equal(here('yes'), 'Có')
})
