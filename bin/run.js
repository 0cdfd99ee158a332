#!/usr/bin/env node
// Plain JavaScript that old Node versions can parse, so that they get a sentence and not a syntax error.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(`ep23 needs Node 22.13 or newer, this is ${process.version}\n`)
  process.exitCode = 69
} else if (/^(--version|-v|version)$/.test(process.argv[2] ?? '') && !mayBeWindows()) {
  // What oclif would print, without the 40 ms that it takes to load it and all plugins.
  const {name, version} = JSON.parse(
    process.getBuiltinModule('node:fs').readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  )
  process.stdout.on('error', () => undefined)
  process.stdout.write(`${name}/${version} ${process.platform}-${process.arch} node-${process.version}\n`)
} else if (isBundleInForce()) {
  await import(new URL('../bundle/bin/run.js', import.meta.url).href)
} else {
  process.getBuiltinModule('node:module').enableCompileCache?.()
  // `ep23 … | head` closes our stdout early: that is no failure, and nobody is left to read more.
  process.stdout.on('error', error => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
  })
  process.env['OCLIF_DISABLE_LINKED_ESM_WARNING'] ??= '1'
  sayPluginWarnings()
  const args = words(process.argv.slice(2))
  if (['plugins', 'autocomplete'].includes(args[0])) {
    const {writeOclifInRussian} = await import('../dist/language/oclif-in-russian.js')
    await writeOclifInRussian()
  }
  if (process.argv.includes('--debug')) process.setSourceMapsEnabled(true)
  const {execute} = await import('@oclif/core/execute')
  await execute({args, dir: import.meta.url})
  // The work is done. Left to itself, Node would first finish a garbage collection that nobody needs; but a slow reader of a pipe
  // may not have taken all of stdout yet.
  process.stdout.write('', () => process.stderr.write('', () => process.exit()))
}

/**
 * In a checkout the bundle starts in half the time. It is not used when something was compiled after it, and with
 * `EP23_SOURCE`, which the tests set to see the compiled sources.
 */
function isBundleInForce() {
  // Not imported: as an ES module it would load all streams.
  const fs = process.getBuiltinModule('node:fs')
  const root = new URL('..', import.meta.url)
  const bundled = timeOf('bundle/package.json')
  if (bundled === undefined || process.env['EP23_SOURCE']) return false
  const packages = ['packages', 'plugins'].flatMap(folder =>
    fs.readdirSync(new URL(folder, root)).map(name => `${folder}/${name}/`),
  )
  return ['', ...packages].every(folder => (timeOf(`${folder}dist/.tsbuildinfo`) ?? 0) <= bundled)

  function timeOf(file) {
    return fs.statSync(new URL(file, root), {throwIfNoEntry: false})?.mtimeMs
  }
}

/** Linux inside of Windows, or a 32-bit Node: oclif has names of its own for them. */
function mayBeWindows() {
  return process.arch === 'ia32' || /microsoft/iu.test(process.getBuiltinModule('node:os').release())
}

/** A plugin that cannot be loaded is one line before a command's own words, not seven. */
function sayPluginWarnings() {
  const printers = process.listeners('warning')
  process.removeAllListeners('warning')
  process.on('warning', async warning => {
    const {warnOfPlugin} = await import('../dist/language/plugin-warning.js')
    if (!warnOfPlugin(warning)) for (const print of printers) print(warning)
  })
}

/** `rag:owner init` is `rag:owner:init` and `rag owner init`: oclif knows the last two, people mix them. */
function words(given) {
  const [flags, rest] = splitLeadingFlags(given)
  return flags.length === 0 ? commandWords(rest) : withFlags(commandWords(rest), flags)
}

function commandWords([given = '--help', ...others]) {
  // No command's name has a control character, and oclif shows an unknown one as it is.
  const first = given.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '·')
  return first.startsWith('-') ? [first, ...others] : [...first.split(':'), ...others]
}

/** Flags of every command that people also write before it: `ep23 --lang ru doctor`. */
function splitLeadingFlags(given) {
  const withValue = ['--lang', '--store', '--config', '--log-level']
  const alone = ['--quiet', '-q', '--debug', '--json']
  let at = 0
  while (at < given.length && [...withValue, ...alone].includes(given[at].split('=')[0]))
    at += withValue.includes(given[at]) ? 2 : 1
  // Flags alone are what oclif makes of them.
  return at >= given.length ? [[], given] : [given.slice(0, at), given.slice(at)]
}

/** Behind the command and its own words, before what stands behind `--`. */
function withFlags(command, flags) {
  const end = command.indexOf('--')
  return end === -1 ? [...command, ...flags] : command.toSpliced(end, 0, ...flags)
}
