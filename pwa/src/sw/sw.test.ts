import assert from 'node:assert/strict'
import { test } from 'node:test'

/** What a browser gives to a service worker, as far as ours uses it. */
class Browser {
  readonly listeners = new Map<string, (event: object) => void>()
  readonly shelves = new Map<string, Map<string, string>>()
  network: (path: string) => Response = (path) => new Response(`fresh ${path}`)
  tookOver = false

  constructor(list: readonly string[]) {
    const { shelves } = this
    const open = async (name: string) => {
      const shelf = shelves.get(name) ?? new Map<string, string>()
      shelves.set(name, shelf)
      return {
        addAll: async (requests: readonly Request[]) => {
          for (const { url } of requests) shelf.set(new URL(url).pathname, await (await this.fetch(url)).text())
        },
      }
    }
    const match = async (asked: Request | string, { cacheName }: { cacheName: string }) => {
      const path = new URL(typeof asked === 'string' ? asked : asked.url, ORIGIN).pathname
      const kept = shelves.get(cacheName)?.get(path)
      return kept === undefined ? undefined : new Response(kept)
    }
    const keys = async () => [...shelves.keys()]
    Object.assign(globalThis, {
      __PRECACHE__: list,
      self: {
        location: new URL(ORIGIN),
        addEventListener: (name: string, listener: (event: object) => void) => this.listeners.set(name, listener),
        skipWaiting: async () => void (this.tookOver = true),
        clients: { claim: async () => undefined },
      },
      caches: { open, match, keys, delete: async (name: string) => shelves.delete(name) },
      fetch: (asked: Request | string) => this.fetch(typeof asked === 'string' ? asked : asked.url),
      Request: Here,
    })
  }

  async fetch(url: string): Promise<Response> {
    return this.network(new URL(url, ORIGIN).pathname)
  }

  /** Tell the worker of something, and wait for what it began. */
  async tell(name: 'install' | 'activate' | 'message', more: object = {}): Promise<void> {
    const begun: Promise<unknown>[] = []
    this.listeners.get(name)?.({ ...more, waitUntil: (work: Promise<unknown>) => begun.push(work) })
    await Promise.all(begun)
  }

  /** Ask for an address; nothing when the worker lets it go past. */
  async ask(path: string, mode = 'no-cors'): Promise<string | null> {
    let answer: Promise<Response> | null = null
    const request = { url: new URL(path, ORIGIN).href, method: 'GET', mode }
    this.listeners.get('fetch')?.({ request, respondWith: (given: Promise<Response>) => (answer = given) })
    return answer === null ? null : await (await (answer as Promise<Response>)).text()
  }
}

const ORIGIN = 'https://motcua.example.vn'

/** Requests of a worker know where they are. */
class Here {
  readonly url: string
  constructor(path: string) {
    this.url = new URL(path, ORIGIN).href
  }
}

let built = 0

/** A worker of a build with these files, in the browser given or a new one. */
async function worker(list: readonly string[], before?: Browser): Promise<Browser> {
  const browser = new Browser(list)
  for (const [name, shelf] of before?.shelves ?? []) browser.shelves.set(name, shelf)
  const address: string = `./sw.ts?build=${(built += 1)}`
  await import(address)
  return browser
}

const OLD = ['/', '/assets/later-old.js']
const NEW = ['/', '/assets/later-new.js']

test('a new version keeps its files and waits until it is asked to take over', async () => {
  const browser = await worker(OLD)

  await browser.tell('install')

  assert.deepEqual([...browser.shelves.values()].map((shelf) => [...shelf.keys()]), [OLD])
  assert.equal(browser.tookOver, false)

  await browser.tell('message', { data: 'something else' })
  assert.equal(browser.tookOver, false)

  await browser.tell('message', { data: 'take-over' })
  assert.equal(browser.tookOver, true)
})

test('while a new version waits the open page has the files of its own', async () => {
  const old = await worker(OLD)
  await old.tell('install')
  const fresh = await worker(NEW, old)
  await fresh.tell('install')

  assert.equal(fresh.shelves.size, 2)

  const again = await worker(OLD, fresh)
  again.network = () => new Response('', { status: 404 })
  assert.equal(await again.ask('/assets/later-old.js'), 'fresh /assets/later-old.js')
})

test('once it has taken over the files of the version before are dropped, and nothing else', async () => {
  const old = await worker(OLD)
  await old.tell('install')
  old.shelves.set('motcua-public', new Map())
  const fresh = await worker(NEW, old)
  await fresh.tell('install')

  await fresh.tell('activate')

  const kept = [...fresh.shelves.values()].flatMap((shelf) => [...shelf.keys()])
  assert.deepEqual(kept, NEW)
  assert.ok(fresh.shelves.has('motcua-public'))
})

test('a page opens without network, and when the server is at fault', async () => {
  const browser = await worker(OLD)
  await browser.tell('install')

  browser.network = () => {
    throw new TypeError('no network')
  }
  assert.equal(await browser.ask('/ho-so', 'navigate'), 'fresh /')

  browser.network = () => new Response('broken', { status: 503 })
  assert.equal(await browser.ask('/q/ABCD2345', 'navigate'), 'fresh /')

  browser.network = () => new Response('newest')
  assert.equal(await browser.ask('/', 'navigate'), 'newest')
})

test('what people send and read goes past the worker, and so do the desks', async () => {
  const browser = await worker(OLD)

  assert.equal(await browser.ask('/api/v1/procedures'), null)
  assert.equal(await browser.ask('/can-bo/', 'navigate'), null)
  assert.equal(await browser.ask('https://elsewhere.example/assets/later-old.js'), null)
})
