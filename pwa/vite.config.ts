import { resolve } from 'node:path'

import { defineConfig, type Plugin } from 'vite'

/** Files of `public/` that the pages need without network. */
const KEPT_FILES = ['/manifest.webmanifest', '/icon.svg']

/** Desks work online only: nothing of theirs is kept on a device; nor is every ward of the country. */
const isLeft = (file: string): boolean => /^assets\/(officer|leader|desk|\d\d-)/.test(file)

/**
 * Write the list of files to keep into the service worker.
 *
 * The worker's source holds the word `__PRECACHE__` once, as an expression; a build where it
 * stands elsewhere or not at all is refused, because the fault would show only without network.
 */
function precache(): Plugin {
  return {
    name: 'precache',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle['sw.js']
      if (worker?.type !== 'chunk') throw new Error('precache: sw.js is missing from the build')
      const parts = worker.code.split('__PRECACHE__')
      if (parts.length !== 2) throw new Error('precache: sw.js must name __PRECACHE__ exactly once')
      const built = Object.keys(bundle).filter(
        (file) => file.startsWith('assets/') && !isLeft(file),
      )
      const list = ['/', ...built.map((file) => `/${file}`), ...KEPT_FILES]
      worker.code = parts.join(JSON.stringify(list))
    },
  }
}

/** What a later script needs is brought by our own `parts/lazy/preload.ts`, not the bundler's. */
function preload(): Plugin {
  return {
    name: 'preload',
    apply: 'build',
    enforce: 'pre',
    resolveId: (id) => (id === '\0vite/preload-helper.js' ? resolve('src/parts/lazy/preload.ts') : null),
  }
}

/** What stands before a citizen until the first question: one file, so one journey. */
const FIRST = new RegExp(
  [
    'node_modules/preact/',
    'src/(main|vite|api/|style/)',
    'src/form/(conditions|definition|lent|pages|today)\\.ts',
    'src/words/(say|first|first\\.vi|format)\\.ts',
    'src/drafts/(book|shelf|dossier|shared-device|new-sending)\\.ts',
    'src/citizen/scan/(gate|landing|rarely)',
    'src/citizen/form/(filing|full|judging|step|use-filing|use-values|whereabouts)',
    'src/citizen/form/fields/(any|choices|texts)',
    'src/citizen/procedure/(facts|start)',
    'src/citizen/(citizen|names|reading|trouble|ways|offered|shared-watch)',
    'src/parts/icon/(icon|shapes)',
    'src/parts/(choice/choice\\.css|facts/facts|field/(described|field|frame))',
    'src/parts/(button|empty|gate|lazy|note|page|rich|router|steps|tag|top|where)/',
  ].join('|'),
)

/** What is wanted a moment after it: judging the answers, rarer boxes, other offices. */
const NEXT = new RegExp(
  [
    'src/form/(check|fee|open|paper-name|rows|wrong|kinds/)',
    'src/citizen/form/',
    'src/citizen/(scan|procedure)/',
    'src/citizen/(door|portal/ways|spoken-name)',
    'src/parts/(choice|facts|field|icon|summary|toast)/',
    'src/words/next(\\.vi)?\\.ts',
  ].join('|'),
)

/** Preparing for the national portal: kept for use without network like the rest, fetched when it is wanted. */
const PORTAL = /src\/(citizen\/portal\/(?!portal-scan|ways)|words\/portal(\.vi)?\.ts)/
/** It needs both this and the card's camera, and neither may bring the other along. */
const PORTAL_SCAN = /portal-scan/

/** Reading a card: the same. */
const CARD = /src\/(citizen\/card|form\/card|words\/card(\.vi)?\.ts)/

/** Paying for somebody, and asking for it: the same. */
const LENT = /src\/(citizen\/lend\/(lend|lent)|words\/lent(\.vi)?\.ts)/

/** The wallet of own papers: the same. */
const WALLET = /src\/(citizen\/wallet\/(?!offer|ways)|drafts\/(wallet|chest)\.ts|words\/wallet(\.vi)?\.ts)/

/** A dossier that goes on at another device, by a link or as a locked file: the same. */
const LOCKED = /src\/(citizen\/(beside\/in-app|handover\/(hand-over|link|by-file|open-file|take-file)|track\/(open-link|new-key))|drafts\/locked-file\.ts)/

/** What a few do after sending (answering the ward, withdrawing, filing again), on a new form or at two devices: the same. */
const AFTER = /src\/(citizen\/(supplement\/answer|track\/(withdraw|ended|reuse)|handover\/(new-form|two-devices))\.tsx|drafts\/new-form\.ts|words\/after(\.vi)?\.ts)/

/** Claiming that one need not pay: the same. */
const CLAIM = /src\/(citizen\/exempt\/claim|words\/claim(\.vi)?\.ts)/

/** Finding a procedure by words or by questions: the same. */
const FIND = /src\/(citizen\/home\/(found|search|choose\.tsx)|words\/find(\.vi)?\.ts)/

/** Telling whether a paper is genuine: the same. */
const VERIFY = /src\/citizen\/verify\//

/** The wards of each other province, a script each (`79-….js`): by those who write an address there. */
const PROVINCE = /ward\/provinces\/(?!92|all)/

/** Everything after it: fetched as soon as the first page stands. */
const LATER = /src\/(citizen|drafts|parts|words\/(later|beside)(\.vi)?\.ts)/

/** Desks: what both share, and each one's own; neither is loaded for a citizen. */
const SHARED_DESK = /src\/(parts\/(desk|view|score)\/|words\/desk(\.vi)?\.ts)/
const DESK = /src\/(?:words\/)?(officer|leader)(?:-\w+)?(\/|(\.vi)?\.ts)/
const ENGLISH = /\.en\.ts$/

const isDesks = (id: string): boolean => SHARED_DESK.test(id) || DESK.test(id)
const isFirst = (id: string): boolean => FIRST.test(id) && !ENGLISH.test(id) && !isDesks(id)
const isNext = (id: string): boolean => NEXT.test(id) && !ENGLISH.test(id)
/** By those alone who open it. */
const isWanted = (id: string): boolean => CARD.test(id) || PORTAL.test(id) || PORTAL_SCAN.test(id) || LENT.test(id) || WALLET.test(id) || LOCKED.test(id) || VERIFY.test(id) || CLAIM.test(id) || AFTER.test(id) || FIND.test(id) || PROVINCE.test(id)
const isLater = (id: string): boolean => LATER.test(id) && !ENGLISH.test(id) && !isDesks(id) && !isWanted(id)

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [precache(), preload()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: true,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { main: 'index.html', sw: 'src/sw/sw.ts' },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        codeSplitting: {
          // What a citizen loads is taken first: a group takes along all that it imports.
          groups: [
            { name: 'first', test: isFirst, priority: 8 },
            { name: 'next', test: isNext, priority: 7 },
            { name: 'later', test: isLater, priority: 6 },
            { name: 'portal', test: PORTAL, priority: 5 },
            { name: 'card', test: CARD, priority: 4 },
            { name: 'lent', test: LENT, priority: 4 },
            { name: 'wallet', test: WALLET, priority: 4 },
            { name: 'locked', test: LOCKED, priority: 4 },
            { name: 'verify', test: VERIFY, priority: 4 },
            { name: 'claim', test: CLAIM, priority: 4 },
            { name: 'after', test: AFTER, priority: 4 },
            { name: 'find', test: FIND, priority: 4 },
            { name: 'desk', test: SHARED_DESK, priority: 4 },
            { name: (id) => DESK.exec(id)?.[1] ?? null, test: DESK, priority: 3 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000', '/.well-known': 'http://127.0.0.1:8000' } },
})
