/** Weigh the build in brotli bytes against budget.json. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

interface Budget {
  citizen_critical_path: { fail_above: number; aim: number; definition_reserve: number }
  citizen_everything: { fail_above: number }
  card: { fail_above: number }
  portal: { fail_above: number }
  lent: { fail_above: number }
  wallet: { fail_above: number }
  province: { fail_above: number }
}

const DIST = 'dist'
const budget = JSON.parse(readFileSync('budget.json', 'utf8')) as Budget

const weigh = (file: string): number => brotliCompressSync(readFileSync(join(DIST, file))).length
const sum = (files: readonly string[]): number => files.reduce((all, file) => all + weigh(file), 0)

/** The page and everything its head asks for at once. */
function critical(): string[] {
  const page = readFileSync(join(DIST, 'index.html'), 'utf8')
  const named = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((hit) => hit[1] ?? '')
  return ['index.html', ...new Set(named)]
}

const isCard = (file: string): boolean => /^assets\/(card|scan)/.test(file)
const isPortal = (file: string): boolean => file.startsWith('assets/portal')
const isLent = (file: string): boolean => /^assets\/(lend|lent)/.test(file)
const isWallet = (file: string): boolean => file.startsWith('assets/wallet')
const isProvince = (file: string): boolean => /^assets\/\d\d-/.test(file)
const isDesk = (file: string): boolean => /^assets\/(officer|leader|desk)/.test(file)

if (!existsSync(DIST)) throw new Error('size: build first (npm run build)')
const assets = readdirSync(join(DIST, 'assets')).map((name) => `assets/${name}`)
const first = critical()
const everything = ['index.html', 'sw.js', ...assets.filter((file) => !isDesk(file) && !isCard(file) && !isPortal(file) && !isLent(file) && !isWallet(file) && !isProvince(file))]

const { fail_above, aim, definition_reserve } = budget.citizen_critical_path
const path = sum(first) + definition_reserve
const all = sum(everything) + definition_reserve
const card = sum(assets.filter(isCard))
const portal = sum(assets.filter(isPortal))
const lent = sum(assets.filter(isLent))
const wallet = sum(assets.filter(isWallet))
const province = Math.max(...assets.filter(isProvince).map(weigh))
for (const file of first) console.log(`${String(weigh(file)).padStart(7)}  ${file}`)
console.log(`${String(definition_reserve).padStart(7)}  a definition, at most`)
console.log(`${String(path).padStart(7)}  critical path (aim ${aim}, fails above ${fail_above})`)
console.log(`${String(all).padStart(7)}  all of a citizen's visit (fails above ${budget.citizen_everything.fail_above})`)
console.log(`${String(card).padStart(7)}  reading a card (fails above ${budget.card.fail_above})`)
console.log(`${String(portal).padStart(7)}  preparing for the national portal (fails above ${budget.portal.fail_above})`)
console.log(`${String(lent).padStart(7)}  paying for somebody (fails above ${budget.lent.fail_above})`)
console.log(`${String(wallet).padStart(7)}  the wallet of papers (fails above ${budget.wallet.fail_above})`)
console.log(`${String(province).padStart(7)}  the names of one province (fails above ${budget.province.fail_above})`)
const tooMuch = province > budget.province.fail_above || wallet > budget.wallet.fail_above || lent > budget.lent.fail_above || portal > budget.portal.fail_above || card > budget.card.fail_above || all > budget.citizen_everything.fail_above
if (path > fail_above || tooMuch) process.exit(1)
