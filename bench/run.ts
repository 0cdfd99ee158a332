// Runs every benchmark of this folder, or those named: `npm run bench -- startup sqlite`.
// Each prints figures as ratios to a baseline measured in the same run; none of them is a test.
import {spawnSync} from 'node:child_process'
import {readdirSync} from 'node:fs'
import {join} from 'node:path'

const folder = import.meta.dirname
const wanted = process.argv.slice(2)
const benches = readdirSync(folder)
  .filter(file => file.endsWith('.ts') && file !== 'run.ts')
  .filter(file => wanted.length === 0 || wanted.some(word => file.includes(word)))

for (const file of benches) {
  console.log(`\n# ${file}`)
  const {status} = spawnSync(process.execPath, ['--enable-source-maps', join(folder, file)], {stdio: 'inherit'})
  if (status !== 0) process.exitCode = 1
}
