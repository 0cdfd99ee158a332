// Known vulnerabilities of what a user installs: npm run advisories [FILE…]. Without a file the registry is asked (npm audit); where it does
// not answer, give OSV records (https://osv.dev, one JSON object or array a file, or one a line), fetched wherever there is a network.
// Ends with 1 when something is found, with 69 when nobody could be asked.
import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {styleText} from 'node:util'

import {satisfies} from 'semver'

const root = join(import.meta.dirname, '..')
const UNAVAILABLE = 69
const files = process.argv.slice(2)
const found = files.length > 0 ? files.flatMap(readRecords).flatMap(findingsOf) : askRegistry()
if (found === undefined) {
  console.error('The registry answers no questions about advisories. Give OSV records: npm run advisories FILE…')
  process.exitCode = UNAVAILABLE
} else {
  for (const line of new Set(found)) console.log(`${styleText('red', '✖')} ${line}`)
  console.log(`${installed().length} packages, ${new Set(found).size} with an advisory`)
  process.exitCode = found.length > 0 ? 1 : 0
}

/** What a user installs, from the lock file. */
function installed() {
  const {packages} = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return Object.entries(packages)
    .filter(([path, {dev, link, version}]) => path.includes('node_modules/') && !dev && !link && version)
    .map(([path, {version}]) => ({name: path.split('node_modules/').at(-1), version}))
}

function readRecords(path) {
  const text = readFileSync(path, 'utf8')
  try {
    return [JSON.parse(text)].flat()
  } catch {
    return text
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line))
  }
}

function findingsOf({id, summary = '', affected = [], withdrawn}) {
  if (withdrawn) return []
  return affected
    .filter(({package: of}) => of?.ecosystem === 'npm')
    .flatMap(entry => installed().filter(({name, version}) => name === entry.package.name && isHit(version, entry)))
    .map(({name, version}) => `${name} ${version}: ${id} ${summary}`)
}

function isHit(version, {versions = [], ranges = []}) {
  return versions.includes(version) || ranges.some(({type, events}) => type === 'SEMVER' && isWithin(version, events))
}

/** Events come in their order: introduced, fixed or last affected, introduced again. */
function isWithin(version, events) {
  return events.some(({introduced}, index) => {
    if (introduced === undefined) return false
    const {fixed, last_affected: last} = events[index + 1] ?? {}
    const from = introduced === '0' ? '>=0.0.0-0' : `>=${introduced}`
    const to = fixed === undefined ? (last === undefined ? '' : `<=${last}`) : `<${fixed}`
    return satisfies(version, `${from} ${to}`, {includePrerelease: true})
  })
}

/** Undefined where the registry has no such service. */
function askRegistry() {
  const {stdout} = spawnSync('npm', ['audit', '--omit', 'dev', '--json'], {cwd: root, encoding: 'utf8'})
  const {vulnerabilities} = JSON.parse(stdout || '{}')
  if (vulnerabilities === undefined) return undefined
  return Object.values(vulnerabilities).map(({name, severity, range}) => `${name} ${range}: ${severity}`)
}
