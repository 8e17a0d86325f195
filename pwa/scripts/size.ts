/** Weigh the build in brotli bytes against budget.json. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

/** What is loaded by those alone who want it: its files, and what is said of it. */
const WANTED = {
  card: { files: /^assets\/(card|scan)/, says: 'reading a card' },
  portal: { files: /^assets\/portal/, says: 'preparing for the national portal' },
  lent: { files: /^assets\/(lend|lent)/, says: 'paying for somebody' },
  wallet: { files: /^assets\/wallet/, says: 'the wallet of papers' },
  locked: { files: /^assets\/(locked|open-link|new-key|hand-over|in-app)/, says: 'a dossier that goes on at another device' },
  after: { files: /^assets\/(after|answer|withdraw|ended|new-form|two-devices)/, says: 'answering the ward, withdrawing, filing again, new form, two devices' },
  claim: { files: /^assets\/claim/, says: 'claiming that one need not pay' },
  find: { files: /^assets\/(find|choose)/, says: 'finding a procedure by words or questions' },
  verify: { files: /^assets\/verify/, says: 'telling whether a paper is genuine' },
} as const

interface Limit {
  fail_above: number
}
type Budget = { [part in keyof typeof WANTED | 'citizen_everything' | 'province']: Limit } & {
  citizen_critical_path: Limit & { aim: number; definition_reserve: number }
}

const DIST = 'dist'
const budget = JSON.parse(readFileSync('budget.json', 'utf8')) as Budget

const weigh = (file: string): number => brotliCompressSync(readFileSync(join(DIST, file))).length
const sum = (files: readonly string[]): number => files.reduce((all, file) => all + weigh(file), 0)
const line = (weight: number, words: string): void => console.log(`${String(weight).padStart(7)}  ${words}`)

/** The page and everything its head asks for at once. */
function critical(): string[] {
  const page = readFileSync(join(DIST, 'index.html'), 'utf8')
  const named = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((hit) => hit[1] ?? '')
  return ['index.html', ...new Set(named)]
}

let failed = false

/** Say what a part weighs; above its limit the build fails. */
function judge(weight: number, { fail_above }: Limit, says: string, more = ''): void {
  line(weight, `${says} (${more}fails above ${fail_above})`)
  failed ||= weight > fail_above
}

const isProvince = (file: string): boolean => /^assets\/\d\d-/.test(file)
const isDesk = (file: string): boolean => /^assets\/(officer|leader|desk)/.test(file)
const isWanted = (file: string): boolean => Object.values(WANTED).some(({ files }) => files.test(file))

if (!existsSync(DIST)) throw new Error('size: build first (npm run build)')
const assets = readdirSync(join(DIST, 'assets')).map((name) => `assets/${name}`)
const everything = ['index.html', 'sw.js', ...assets.filter((file) => !isDesk(file) && !isWanted(file) && !isProvince(file))]

const { aim, definition_reserve } = budget.citizen_critical_path
for (const file of critical()) line(weigh(file), file)
line(definition_reserve, 'a definition, at most')
judge(sum(critical()) + definition_reserve, budget.citizen_critical_path, 'critical path', `aim ${aim}, `)
judge(sum(everything) + definition_reserve, budget.citizen_everything, "all of a citizen's visit")
for (const [part, { files, says }] of Object.entries(WANTED))
  judge(sum(assets.filter((file) => files.test(file))), budget[part as keyof typeof WANTED], says)
judge(Math.max(...assets.filter(isProvince).map(weigh)), budget.province, 'the names of one province')
if (failed) process.exit(1)
