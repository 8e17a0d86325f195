/**
 * Imports point down: main > citizen | officer | leader > parts | drafts > form | api | words.
 *
 * Rooms of one floor do not know each other. The service worker and the photo worker stand
 * alone; of the latter only its messages may be read.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const FLOORS: readonly (readonly string[])[] = [
  ['main.tsx'],
  ['citizen', 'officer', 'leader'],
  ['parts', 'drafts'],
  ['form', 'api', 'words', 'worker'],
]
const ALONE = ['sw', 'worker']
const ANYBODY = ['style']

/** Every import of a file, also those inside functions and those of types. */
const IMPORT = /(?:from\s+|import\s+|import\(\s*)['"](\.[^'"]+)['"]/g

function floorOf(room: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(room))
}

/** Say why `from` must not import `to` (paths below src), or nothing when it may. */
export function fault(from: string, to: string): string | null {
  const [here = '', there = ''] = [from.split('/')[0], to.split('/')[0]]
  if (here === there || ANYBODY.includes(there)) return null
  if (ALONE.includes(here)) return `${from}: ${here} stands alone, it imports ${to}`
  const [above, below] = [floorOf(here), floorOf(there)]
  if (above === -1) return `${from}: ${here} has no floor`
  if (below === -1) return `${from}: ${there} has no floor`
  return below > above ? null : `${from}: ${here} must not import ${to}`
}

/** The paths below `root` that one source file imports. */
export function imports(root: string, file: string, source: string): string[] {
  return [...source.matchAll(IMPORT)].map((match) =>
    relative(root, resolve(dirname(join(root, file)), (match[1] ?? '').split('?')[0] ?? '')),
  )
}

/** All faults below a source folder, and how many imports were read. */
export function walk(root: string): { faults: string[]; read: number } {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  const faults: string[] = []
  let read = 0
  for (const file of files.filter((name) => /\.tsx?$/.test(name))) {
    for (const to of imports(root, file, readFileSync(join(root, file), 'utf8'))) {
      read += 1
      const found = fault(file, to)
      if (found !== null) faults.push(found)
    }
  }
  return { faults, read }
}

if (import.meta.main) {
  const { faults, read } = walk('src')
  for (const found of faults) console.error(found)
  if (faults.length > 0 || read === 0) process.exit(1)
  console.log(`floors: ${read} imports point down`)
}
