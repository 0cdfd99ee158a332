import type {Language} from '@ep23/sdk'

// Not imported: as an ES module it would load all streams, for every help page.
const fs = process.getBuiltinModule('node:fs')
const path = process.getBuiltinModule('node:path')

interface Surroundings {
  argv: readonly string[]
  env: Readonly<Record<string, string | undefined>>
  /** The working directory. */
  cwd: string
}

/**
 * The language of what people read, before any setting is resolved and without loading a YAML parser, as help pages and the errors
 * of wrong settings need it: --lang > EP23_LANG > `lang` of the settings file > the locale.
 */
export function languageOf({argv, env, cwd}: Surroundings): Language {
  return (
    known(valueOf('lang', argv)) ??
    known(env['EP23_LANG']) ??
    known(langOfFile(argv, env, cwd)) ??
    languageOfLocale(env)
  )
}

/** The language of this process. */
export function languageHere(): Language {
  return languageOf({argv: process.argv.slice(2), env: process.env, cwd: process.cwd()})
}

/** Russian where the locale is, by the rules of POSIX; English anywhere else. */
export function languageOfLocale(env: Surroundings['env']): Language {
  // oxlint-disable-next-line typescript/prefer-nullish-coalescing -- an empty variable counts as one that is not set
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || systemLocale()
  return /^ru\b|^ru_/iu.test(locale) ? 'ru' : 'en'
}

// Only where no variable says it; the first Intl object of a process costs a millisecond.
function systemLocale(): string {
  return process.platform === 'linux' ? 'C' : new Intl.DateTimeFormat().resolvedOptions().locale
}

function known(language: string | undefined): Language | undefined {
  return language === 'ru' || language === 'en' ? language : undefined
}

function valueOf(flag: string, argv: readonly string[]): string | undefined {
  const end = argv.indexOf('--')
  const words = end === -1 ? argv : argv.slice(0, end)
  const at = words.findLastIndex(word => word === `--${flag}` || word.startsWith(`--${flag}=`))
  if (at === -1) return undefined
  return words[at] === `--${flag}` ? words[at + 1] : words[at]?.slice(flag.length + 3)
}

function langOfFile(argv: readonly string[], env: Surroundings['env'], cwd: string): string | undefined {
  const named = valueOf('config', argv) ?? env['EP23_CONFIG']
  const file = named === undefined ? nearestFile(cwd) : path.resolve(cwd, named)
  try {
    const text = file === undefined ? '' : beginningOf(file)
    return /^lang:\s*["']?(\w+)/mu.exec(text)?.[1]
  } catch {
    // Whoever reads the settings says what is wrong with the file.
    return undefined
  }
}

/** As much as a settings file may have; a device has no end, and a pipe would be empty for whoever reads the settings. */
function beginningOf(file: string): string {
  if (!fs.statSync(file).isFile()) return ''
  const descriptor = fs.openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(64 * 1024)
    return bytes.toString('utf8', 0, fs.readSync(descriptor, bytes))
  } finally {
    fs.closeSync(descriptor)
  }
}

function nearestFile(folder: string): string | undefined {
  const file = path.join(folder, 'ep23.config.yaml')
  if (fs.existsSync(file)) return file
  const parent = path.dirname(folder)
  return parent === folder ? undefined : nearestFile(parent)
}
