/**
 * The service worker: the pages open without network.
 *
 * It answers only for the page itself and its own files; what people send or read goes past it.
 * A new version waits until the pages of the old one are closed, or until a page where nothing
 * can be lost asks it to take over.
 */
export {}

declare const self: ServiceWorkerGlobalScope
declare const __PRECACHE__: readonly string[]

const FILES: readonly string[] = __PRECACHE__
const PREFIX = 'motcua-files-'
const CACHE = PREFIX + hash(FILES.join())
const PAGE_PATIENCE = 4000

/** Addresses that show the shell; the officers' and leaders' desks are not kept. */
const SHELL = /^\/($|q\/|p\/|ho-so|h$|tra-(cuu|phi)|thanh-toan\/ve|v$)/i

function hash(text: string): string {
  let sum = 0
  for (const sign of text) sum = (Math.imul(sum, 31) + (sign.codePointAt(0) ?? 0)) | 0
  return (sum >>> 0).toString(36)
}

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.addAll(FILES.map((path) => new Request(path, { cache: 'no-cache' })))
}

async function dropOld(): Promise<void> {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE)
  await Promise.all(old.map((name) => caches.delete(name)))
  await self.clients.claim()
}

/** The newest page when the network is good, else the kept one; a server's fault is no page. */
async function page(request: Request): Promise<Response> {
  const kept = await caches.match('/', { cacheName: CACHE })
  const fresh = fetch(request)
  if (kept === undefined) return fresh
  const late = new Promise<Response>((resolve) => setTimeout(resolve, PAGE_PATIENCE, kept))
  const good = fresh.then((response) => (response.status < 500 ? response : kept))
  return Promise.race([good.catch(() => kept), late])
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: CACHE })) ?? fetch(request)
}

self.addEventListener('install', (event) => event.waitUntil(keep()))
self.addEventListener('activate', (event) => event.waitUntil(dropOld()))
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting()
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method !== 'GET' || address.origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    if (SHELL.test(address.pathname)) event.respondWith(page(request))
  } else if (FILES.includes(address.pathname) && address.pathname !== '/') {
    event.respondWith(file(request))
  }
})
