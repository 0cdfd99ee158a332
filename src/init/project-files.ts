import {existsSync} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {join, relative, sep} from 'node:path'
import {pathToFileURL} from 'node:url'

import {Ep23Error, EXIT, readTextFile, writeFileAtomically, type Language, type StarterFile} from '@ep23/sdk'

import type {Answers} from './answers.js'
import {catalogue, message} from '../words/words.js'

const SETTINGS_FILE = 'ep23.config.yaml'

/** What git must not keep: stores and logs, datasets, private keys, tokens, archives. */
const IGNORED = ['.ep23/', 'datasets/', '*.key', 'mcp.token', '*.tar.gz'] as const
const MOST_BYTES = 1024 * 1024

export interface ProjectFile {
  path: string
  status: 'written' | 'unchanged' | 'kept'
}

export interface ProjectFiles {
  files: ProjectFile[]
  /** Lines that .gitignore lacks. */
  ignore: string[]
}

interface ProjectOptions {
  folder: string
  force: boolean
  /** Of the installed ep23. */
  schema: string
  starterFiles: readonly StarterFile[]
  signal: AbortSignal
}

/**
 * Writes the settings file last, after what it stands on; what is there already is kept.
 * @throws Ep23Error CONFIG_EXISTS (77) for another settings file, without `force`
 */
export async function writeProject(answers: Answers, options: ProjectOptions): Promise<ProjectFiles> {
  const {folder, force, schema, starterFiles, signal} = options
  const text = await settingsText(answers, schemaAddress(schema, folder))
  const old = await readIfThere(join(folder, SETTINGS_FILE))
  if (old !== undefined && old !== text && !force) throw existsError(folder)
  signal.throwIfAborted()
  const started = await writeStarterFiles(folder, starterFiles, answers.lang)
  const ignore = await missingLines(folder)
  const ignored = answers.gitignore ? await addLines(folder, ignore) : undefined
  if (old !== text) await writeFileAtomically(join(folder, SETTINGS_FILE), text)
  const settings: ProjectFile = {path: SETTINGS_FILE, status: old === text ? 'unchanged' : 'written'}
  return {files: [settings, ...started, ...(ignored ? [ignored] : [])], ignore: ignored ? [] : ignore}
}

/** Nobody answers questions for nothing. @throws Ep23Error CONFIG_EXISTS (77) */
export function assertNoSettings(folder: string): void {
  if (existsSync(join(folder, SETTINGS_FILE))) throw existsError(folder)
}

function existsError(folder: string): Ep23Error {
  return new Ep23Error(message('fileExists', {file: join(folder, SETTINGS_FILE)}), {
    code: 'CONFIG_EXISTS',
    exit: EXIT.notPermitted,
    suggestions: [message('editOrForce')],
  })
}

async function settingsText({channels, store, llmUrl, lang}: Answers, schema: string): Promise<string> {
  const {stringify} = await import('yaml')
  const settings = {
    store,
    lang,
    ...(llmUrl !== undefined && {llm_url: llmUrl}),
    dataset: {channels, days: 30, minimum: 30, time_zone: 'Europe/Moscow'},
  }
  const {settingsFile, settingsExplained} = await catalogue(lang)
  return `# yaml-language-server: $schema=${schema}
# ${settingsFile}
# ${settingsExplained}

${stringify(settings, {singleQuote: true})}`
}

/** Relative inside the project, so that it holds for everybody who installs; else where this ep23 is. */
function schemaAddress(schema: string, folder: string): string {
  const path = relative(folder, schema)
  return path.startsWith('..') ? pathToFileURL(schema).href : path.split(sep).join('/')
}

async function writeStarterFiles(
  folder: string,
  starterFiles: readonly StarterFile[],
  lang: Language,
): Promise<ProjectFile[]> {
  const written: ProjectFile[] = []
  for (const {path, content, russian = content} of starterFiles) {
    const isThere = existsSync(join(folder, path))
    if (!isThere) await writeFileAtomically(join(folder, path), await readFile(lang === 'ru' ? russian : content))
    written.push({path, status: isThere ? 'kept' : 'written'})
  }
  return written
}

async function missingLines(folder: string): Promise<string[]> {
  const lines = new Set((await readIfThere(join(folder, '.gitignore')))?.split(/\r?\n/u).map(line => line.trim()))
  return IGNORED.filter(line => !lines.has(line) && !lines.has(`/${line}`) && !lines.has(line.replace(/\/$/u, '')))
}

async function addLines(folder: string, lines: readonly string[]): Promise<ProjectFile> {
  if (lines.length === 0) return {path: '.gitignore', status: 'unchanged'}
  const path = join(folder, '.gitignore')
  const old = (await readIfThere(path)) ?? ''
  await writeFileAtomically(path, `${old}${old === '' || old.endsWith('\n') ? '' : '\n'}${lines.join('\n')}\n`)
  return {path: '.gitignore', status: 'written'}
}

async function readIfThere(path: string): Promise<string | undefined> {
  return existsSync(path) ? readTextFile(path, MOST_BYTES) : undefined
}
