// Builds what is published, and what bin/run.js prefers when it is there: bundle/, a package of its own with every dependency inside.
//
// One entry a command and a hook, shared chunks, so that each command loads only what it needs. Rule for dependencies: everything is
// bundled. oclif finds plugins by their package.json and manifest, so these stay as files, where npm would have put them.
import {cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'

import {rolldown} from 'rolldown'

import {leftOut, namedRequires} from './left-out.js'
import {nodeOnDemand} from './node-on-demand.js'
import {patchOclif} from './oclif-patches.js'
import {startGroups} from './start-groups.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const out = join(root, 'bundle')
const SDK = '@ep23/sdk'
const MANIFEST = 'oclif.manifest.json'
const OCLIF = 'node_modules/@oclif/core/lib/'
const host = readJson('package.json')
const plugins = host.oclif.plugins.map(name => ({
  name,
  folder: packageFolder(name),
  json: readJson(join(packageFolder(name), 'package.json')),
}))

/** Packages whose code is in the pages of `ep23 view`. */
const IN_PAGES = ['diff', 'preact']

/** The bundle's folder: the first one upwards with the host's package.json. Chunks and entries lie at different depths. */
const ROOT = `
const {existsSync} = process.getBuiltinModule('node:fs')
const {dirname, join} = process.getBuiltinModule('node:path')
const {fileURLToPath, pathToFileURL} = process.getBuiltinModule('node:url')
let folder = dirname(fileURLToPath(import.meta.url))
while (!existsSync(join(folder, 'oclif.manifest.json')) || folder.includes('node_modules/@')) folder = dirname(folder)
export const pathOf = place => join(folder, place)
export const urlOf = place => pathToFileURL(pathOf(place)).href
`

rmSync(out, {recursive: true, force: true})
const {output} = await bundle()
copyHost()
for (const plugin of plugins) copyPlugin(plugin)
copySdk()
for (const assets of globSync('packages/*/assets', {cwd: root}))
  cpSync(join(root, assets), join(out, assets), {recursive: true})
writeLicenses([...packagesOf(output), ...IN_PAGES.map(packageFolder)].sort())

async function bundle() {
  const {plugin, groups} = startGroups(root)
  const builder = await rolldown({
    cwd: root,
    input: entryPoints(),
    platform: 'node',
    resolve: {
      mainFields: ['module', 'main'],
      // Its store of decorators, which schemas are made from, exists once, and only in this form.
      alias: {'class-transformer': join(root, 'node_modules/class-transformer/cjs/index.js')},
    },
    transform: {target: 'node22.13'},
    plugins: [leftOut(), namedRequires(root), ownPlaces(), nodeOnDemand(), plugin],
    // The places are replaced within their lines, so that lines stay right; columns may be off by a few characters.
    // A module that one importer takes late may be in a part that is loaded anyway.
    onwarn: ({code, message}) => ['SOURCEMAP_BROKEN', 'INEFFECTIVE_DYNAMIC_IMPORT'].includes(code) || console.error(message),
  })
  return builder.write({
    dir: out,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    minify: true,
    keepNames: true,
    sourcemap: true,
    comments: {legal: false},
    codeSplitting: {groups},
  })
}

/** Every file that oclif or Node loads by its path: `output without .js` -> source. */
function entryPoints() {
  const own = ['bin/run.js', 'dist/help.js', ...loadedFiles(root, host)].map(file => [file, join(root, file)])
  const others = plugins.flatMap(({name, folder, json}) =>
    loadedFiles(folder, json).map(file => [`node_modules/${name}/${file}`, join(folder, file)]),
  )
  return Object.fromEntries([...own, ...others].map(([output, file]) => [output.replace(/\.js$/u, ''), file]))
}

/** A plugin's commands, hooks and programs of its own, relative to its folder. */
function loadedFiles(folder, {oclif}) {
  const commands = globSync(`${oclif.commands}/**/*.js`, {cwd: folder})
  const hooks = Object.values(oclif.hooks ?? {})
    .flat()
    .map(hook =>
      existsSync(join(folder, hook, 'index.js')) ? join(hook, 'index.js') : `${hook.replace(/\.js$/u, '')}.js`,
    )
  return [...commands, ...hooks, ...globSync('dist/**/*-main.js', {cwd: folder})].map(file => join(file))
}

/**
 * Code that asks where it stands, to read a file beside it, is moved into a chunk; it is told the place its package has in the bundle.
 */
function ownPlaces() {
  const asks = /import\.meta\.(url|dirname)|\b__dirname\b|\b__filename\b/u
  return {
    name: 'own-places',
    resolveId: id => (id === 'ep23:root' ? '\0ep23:root' : undefined),
    load: id => (id === '\0ep23:root' ? ROOT : undefined),
    transform(code, id) {
      const place = placeInBundle(id)
      if (place === undefined) return undefined
      const patched = place.startsWith(OCLIF) ? patchOclif(place.slice(OCLIF.length), code) : code
      const told = asks.test(patched) ? withPlace(patched, place) : patched
      // Lines stay right: the source map of before still tells them.
      return told === code ? undefined : {code: told, map: null}
    },
  }
}

function withPlace(text, place) {
  const isEsm = /^(import|export)\b/mu.test(text)
  const names = `{pathOf as pathOf__, urlOf as urlOf__}`
  const head = isEsm ? `import ${names} from 'ep23:root';` : `const {pathOf: pathOf__} = require('ep23:root');`
  return (
    head +
    text
      .replaceAll('import.meta.url', `urlOf__(${JSON.stringify(place)})`)
      .replaceAll('import.meta.dirname', `pathOf__(${JSON.stringify(dirname(place))})`)
      .replaceAll(/\b__dirname\b/gu, `pathOf__(${JSON.stringify(dirname(place))})`)
      .replaceAll(/\b__filename\b/gu, `pathOf__(${JSON.stringify(place)})`)
  )
}

function placeInBundle(path) {
  // Not packages inside others: ejs writes programs in which __filename is a name of its own.
  if (path.split('/node_modules/').length > 2) return undefined
  for (const {name, folder} of plugins)
    if (path.startsWith(`${folder}/`)) return `node_modules/${name}/${relative(folder, path)}`
  const inside = relative(root, path)
  return /^(dist|packages|node_modules\/@oclif)\//u.test(inside) ? inside : undefined
}

function copyHost() {
  const {bin, description, engines, license, name, oclif, type, version} = host
  const names = plugins.map(plugin => plugin.name)
  writeJson('package.json', {
    name,
    version,
    description,
    license,
    type,
    bin,
    engines,
    oclif,
    dependencies: Object.fromEntries([...plugins.map(plugin => [plugin.name, plugin.json.version]), [SDK, host.version]]),
    bundleDependencies: [...names, SDK],
  })
  for (const file of host.files.filter(file => !file.startsWith('!') && !['bin', 'dist'].includes(file)))
    cpSync(join(root, file), join(out, file), {recursive: true})
  copyManifest(join(root, MANIFEST), MANIFEST)
  for (const file of ['README.md', 'LICENSE']) cpSync(join(root, file), join(out, file))
  // oclif reads its own version from here.
  copyPackageJson('@oclif/core', packageFolder('@oclif/core'))
}

/** What is not code: package.json, manifest, schemas, assets. */
function copyPlugin({name, folder, json}) {
  const kept = (json.files ?? []).filter(file => !/^!|^\/?(dist|lib)\b/u.test(file))
  copyPackageJson(name, folder)
  for (const file of kept) {
    const from = join(folder, file)
    // Without a manifest oclif would load every command to learn its flags, at each start.
    if (file.endsWith(MANIFEST)) copyManifest(from, join('node_modules', name, MANIFEST))
    else if (existsSync(from)) cpSync(from, join(out, 'node_modules', name, file), {recursive: true})
  }
}

function copyManifest(from, to) {
  mkdirSync(dirname(join(out, to)), {recursive: true})
  writeFileSync(join(out, to), JSON.stringify(readJson(from)))
}

/** The sdk as a package of its own, which `ep23 plugins:create` gives a new plugin. */
function copySdk() {
  const folder = join(root, 'packages/sdk')
  const to = join(out, 'node_modules', SDK)
  cpSync(join(folder, 'package.json'), join(to, 'package.json'))
  for (const file of globSync('{,testing/}dist/**/*.{js,d.ts}', {cwd: folder}))
    cpSync(join(folder, file), join(to, file))
}

function copyPackageJson(name, folder) {
  const {dependencies: _, devDependencies: __, scripts: ___, ...json} = readJson(join(folder, 'package.json'))
  writeJson(join('node_modules', name, 'package.json'), json)
}

/** The packages of others whose code is in the bundle, by name. */
function packagesOf(output) {
  const folders = output
    .flatMap(({moduleIds = []}) => moduleIds)
    .map(id => /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(id)?.[1])
  return [...new Set(folders.filter(folder => folder !== undefined))].sort()
}

function writeLicenses(folders) {
  const texts = folders.map(folder => {
    const {name, version, license} = readJson(join(folder, 'package.json'))
    const [file] = globSync('{LICEN[CS]E,licen[cs]e,COPYING}*', {cwd: folder})
    const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim()
    return `${name} ${version} (${license})\n\n${text}\n`
  })
  writeFileSync(join(out, 'THIRD-PARTY-LICENSES.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`))
}

function packageFolder(name) {
  const own = /^@ep23\/plugin-(.+)$/u.exec(name)?.[1]
  return own === undefined ? join(root, 'node_modules', name) : join(root, 'plugins', own)
}

function readJson(file) {
  return JSON.parse(readFileSync(file.startsWith('/') ? file : join(root, file), 'utf8'))
}

function writeJson(file, value) {
  mkdirSync(dirname(join(out, file)), {recursive: true})
  writeFileSync(join(out, file), `${JSON.stringify(value, null, 2)}\n`)
}
