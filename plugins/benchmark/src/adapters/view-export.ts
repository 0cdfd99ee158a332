import {createHash} from 'node:crypto'
import {mkdir, readdir, rm} from 'node:fs/promises'
import {join} from 'node:path'

import {renderManifest, type FileFacts} from '@ep23/plugin-exporters'
import {scriptJson} from '@ep23/report'
import {readTextIfThere, usageError, writeFileAtomically} from '@ep23/sdk'

import type {RunHead} from '../domain/view-data.js'
import type {ViewLoader} from '../domain/view-summary.js'
import {viewPage, type ViewAssets} from './view-assets.js'
import {message} from '../words/words.js'

const MANIFEST = 'view.manifest.json'

interface ExportOptions {
  loader: ViewLoader
  assets: ViewAssets
  language: 'ru' | 'en'
  version: string
  /** The newest run: the export's own time and run, so that the same runs always give the same bytes. */
  newest: Pick<RunHead, 'run_id' | 'finished_at'> & {trace_id: string}
}

/**
 * Writes all pages as a folder that opens from `file://`, from any path and any server. Data stand in scripts, because a page from a file
 * may load these and nothing else. `exporters:check` proves the folder by its manifest, which is written last.
 * @throws Ep23Error USAGE (64) for a folder that holds something else
 */
export async function exportView(folder: string, options: ExportOptions): Promise<{files: number; bytes: number}> {
  const before = await filesBefore(folder, options.assets)
  const files: FileFacts[] = []
  const write = async (name: string, text: string): Promise<void> => {
    await writeFileAtomically(join(folder, name), text)
    files.push({name, bytes: Buffer.byteLength(text), sha256: sha256(text)})
  }
  const {assets, language, loader} = options
  await write('view.js', assets.script)
  await write('index.html', viewPage({language, live: false}))
  await write('view.css', assets.style)
  for await (const [key, value] of loader.entries()) await write(shardName(key), shard(key, value))
  await writeFileAtomically(join(folder, MANIFEST), renderManifest(manifestOf(files, options), sha256))
  const written = new Set([MANIFEST, ...files.map(({name}) => name)])
  for (const name of before) if (!written.has(name)) await rm(join(folder, name), {force: true})
  return {files: files.length + 1, bytes: files.reduce((sum, {bytes}) => sum + bytes, 0)}
}

/** The name under which the page looks for a key's data; the same rule stands in page/load.ts. */
export function shardName(key: string): string {
  return `data-${key.replaceAll(/[^\w.-]/gu, letter => `~${letter.codePointAt(0)?.toString(16)}`)}.js`
}

function shard(key: string, value: unknown): string {
  return `ep23.put(${scriptJson(key)},${scriptJson(value)})\n`
}

function manifestOf(files: readonly FileFacts[], {newest, version}: ExportOptions) {
  return {
    manifest_version: 1 as const,
    ep23_version: version,
    command: 'view',
    run_id: newest.run_id,
    trace_id: newest.trace_id,
    started_at: newest.finished_at,
    finished_at: newest.finished_at,
    exports: [],
    reports: files.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    signature: null,
  }
}

const OWN_NAMES = /^(?:data-.*\.js|index\.html|view\.(?:js|css|manifest\.json)|\..*\.tmp)$/u

function isTemporary(name: string): boolean {
  return /^\.view\.js\..*\.tmp$/u.test(name)
}

/**
 * The files of an earlier export, which stay until they are written anew.
 * @throws Ep23Error USAGE (64) for a folder that holds something else
 */
async function filesBefore(folder: string, {script}: ViewAssets): Promise<string[]> {
  await mkdir(folder, {recursive: true})
  const names = await readdir(folder)
  if (names.length === 0 || names.includes(MANIFEST)) return names.filter(name => OWN_NAMES.test(name))
  // One that was killed has no manifest yet, but our script, which is written first, and nothing else.
  const isOurs = async (): Promise<boolean> => (await readTextIfThere(join(folder, 'view.js'))) === script
  if (names.every(isTemporary) || (names.every(name => OWN_NAMES.test(name)) && (await isOurs()))) return names
  throw usageError(message('folderNotEmpty', {folder}), [message('nameNewFolder')])
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
