/** The only scripts that a page may start, as the page's Trusted Types policy `sw` has it. */

const WORKER = '/sw.js'
const WORKERS = /^\/assets\/(photo|scan)-[\w-]+\.js$/

interface Policy {
  createScriptURL(address: string): string
}

interface Types {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): Policy
}

let policy: Policy | null = null

function allowed(address: string): string {
  if (address === WORKER || WORKERS.test(address) || import.meta.env.DEV) return address
  throw new TypeError(`not a script of ours: ${address}`)
}

/** Give back the address in the form that the browser demands. */
export function trusted(address: string): string {
  const types = (globalThis as { trustedTypes?: Types }).trustedTypes
  policy ??= types?.createPolicy('sw', { createScriptURL: allowed }) ?? { createScriptURL: allowed }
  return policy.createScriptURL(address)
}
