/**
 * Make package-lock.json complete and free of addresses: versions and hashes alone.
 *
 * Some registries hold no packages for other platforms; `npm install` then leaves these out of
 * the lock without a word and `npm ci` refuses it. Each absent optional dependency gets an entry
 * without a hash. Run after each change of the dependencies.
 */
import { readFileSync, writeFileSync } from 'node:fs'

interface Entry {
  version?: string
  resolved?: string
  funding?: unknown
  optional?: boolean
  dev?: boolean
  optionalDependencies?: Record<string, string>
}

const FILE = 'package-lock.json'
const lock = JSON.parse(readFileSync(FILE, 'utf8')) as { packages: Record<string, Entry> }

let added = 0
for (const [path, entry] of Object.entries(lock.packages)) {
  delete entry.resolved
  delete entry.funding
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (`node_modules/${name}` in lock.packages || `${path}/node_modules/${name}` in lock.packages)
      continue
    lock.packages[`node_modules/${name}`] = { version, dev: true, optional: true }
    added += 1
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)),
)
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`lock: ${Object.keys(lock.packages).length - 1} packages, ${added} added`)
