import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

import { first } from './shapes.ts'

const SRC = join(import.meta.dirname, '../..')
const STATIC = /^(?:import|export) (?!type\b)(?:[^'\n]*? from )?'(\.[^']+\.tsx?)'/gm
const NAMED = /(?:of|icon)=(?:"(\w+)"|\{[^}]*\})/g

/** The files that a phone loads before anything more: all that `main.tsx` imports at once. */
function loadedFirst(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file) || !existsSync(file)) return known
  known.add(file)
  for (const [, to = ''] of readFileSync(file, 'utf8').matchAll(STATIC)) loadedFirst(join(dirname(file), to), known)
  return known
}

/** The drawings that a file names. */
function named(file: string): string[] {
  const uses = [...readFileSync(file, 'utf8').matchAll(NAMED)]
  return uses.flatMap(([use, plain]) => (plain === undefined ? [...use.matchAll(/'(\w+)'/g)].map(([, one = '']) => one) : [plain]))
}

test('what is drawn before anything more is loaded is in the first set', () => {
  const files = [...loadedFirst(join(SRC, 'main.tsx'))]

  const wanted = new Set(files.flatMap(named))

  assert.ok(files.some((file) => file.endsWith('citizen/form/step.tsx')))
  assert.ok(wanted.has('next'))
  assert.deepEqual([...wanted].filter((one) => !(one in first)), [])
})
