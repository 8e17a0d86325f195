/** Check the types of every project, then the floors. */
import { spawnSync } from 'node:child_process'

const PROJECTS = ['app', 'sw', 'worker', 'tools']

let failed = false
for (const project of PROJECTS) {
  const run = spawnSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', `tsconfig.${project}.json`],
    { stdio: 'inherit' },
  )
  if (run.status !== 0) failed = true
}
const floors = spawnSync(process.execPath, ['scripts/floors.ts'], { stdio: 'inherit' })
if (failed || floors.status !== 0) process.exit(1)
