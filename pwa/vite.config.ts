import { defineConfig, type Plugin } from 'vite'

/** Files of `public/` that the pages need without network. */
const KEPT_FILES = ['/manifest.webmanifest', '/icon.svg']

/** Desks work online only: nothing of theirs is kept on a device. */
const isDesk = (file: string): boolean => /^assets\/(officer|leader)/.test(file)

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
        (file) => file.startsWith('assets/') && !isDesk(file),
      )
      const list = ['/', ...built.map((file) => `/${file}`), ...KEPT_FILES]
      worker.code = parts.join(JSON.stringify(list))
    },
  }
}

/** The name of the folder of a screen: `src/citizen/pay/pay.tsx` gives `pay`. */
const areaOf = (id: string | null): string =>
  /src\/(officer|leader)\//.exec(id ?? '')?.[1] ?? ''

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [precache()],
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
        chunkFileNames: (chunk) => {
          const area = areaOf(chunk.facadeModuleId)
          return area === '' ? 'assets/[name]-[hash].js' : `assets/${area}-[name]-[hash].js`
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000', '/.well-known': 'http://127.0.0.1:8000' } },
})
