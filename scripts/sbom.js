// Writes sbom.cdx.json, a CycloneDX list of what a user installs, and prints its licences: npm run sbom. With --check it fails for a
// licence that is not on the list below, and for an install script that package.json does not decide.
import {execFileSync} from 'node:child_process'
import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

const root = join(import.meta.dirname, '..')
const ALLOWED =
  /^\(?(?:MIT|MIT-0|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-[34]\.0|Python-2\.0|Unlicense|WTFPL)(?: (?:OR|AND) .*)?\)?$/u

/** Looked at one by one: used unchanged, and each allows that. */
const REVIEWED = {
  exeunt: 'MPL-2.0: its files stay as they are',
  npm: 'Artistic-2.0: comes with @oclif/plugin-plugins, unchanged',
  'qrcode-terminal': 'Apache-2.0, in a field that npm no longer reads; comes with npm',
  node24: 'ours, for development',
}

/** Every dependency that wants to run a program when it is installed, and why it does not. */
const INSTALL_SCRIPTS = {
  'dtrace-provider': 'builds probes for Solaris and macOS; bunyan does without them',
  yarn: 'only says that the package is old; @oclif/plugin-plugins may call yarn, which needs no script',
}

const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
const {components} = JSON.parse(text)
const licenceOf = ({licenses = []}) =>
  licenses.map(({license, expression}) => expression ?? license.id ?? license.name).join(' AND ') || 'unknown'
const counts = Map.groupBy(components, licenceOf)
for (const [licence, those] of [...counts].toSorted((a, b) => b[1].length - a[1].length))
  console.log(`${String(those.length).padStart(4)}  ${licence}`)

const {packages} = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
const {allowScripts = {}} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const wanting = new Set(
  Object.entries(packages)
    .filter(([path, {hasInstallScript}]) => hasInstallScript && path.includes('node_modules/'))
    .map(([path]) => path.split('node_modules/').at(-1)),
)
// Either way: a decision about a package that is gone would stand for its successor of the same name.
const decided = new Set([...Object.keys(allowScripts), ...Object.keys(INSTALL_SCRIPTS)])
const undecided = [...wanting.symmetricDifference(decided)]
const strange = components
  .filter(component => !ALLOWED.test(licenceOf(component)) && !(component.name in REVIEWED))
  .map(({name}) => name)
const ours = strange.filter(name => !name.startsWith('@ep23/') && name !== 'ep23')
if (process.argv.includes('--check') && (undecided.length > 0 || ours.length > 0))
  throw new Error(
    `undecided install scripts: ${undecided.join(', ') || 'none'}; licences to look at: ${ours.join(', ') || 'none'}`,
  )
if (!process.argv.includes('--check')) writeFileSync(join(root, 'sbom.cdx.json'), text)
