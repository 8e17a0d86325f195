import assert from 'node:assert/strict'
import { test } from 'node:test'

import { latest } from './latest.ts'

test('an answer that comes after a later one tells nothing', async () => {
  const waiting: ((answer: string) => void)[] = []
  const ask = latest(() => new Promise<string>((resolve) => waiting.push(resolve)))

  const [before, after] = [ask(null), ask(null)]
  waiting[1]?.('fresh')
  waiting[0]?.('offline')

  assert.equal(await after, 'fresh')
  assert.equal(await before, null)
})
