import {open, readdir, realpath} from 'node:fs/promises'
import {join, relative, sep} from 'node:path'
import {pathToFileURL} from 'node:url'

import {badDataError} from '@ep23/sdk'
import {message} from '../../words/words.js'

interface EvidenceFile {
  uri: string
  name: string
  mimeType: string
}

export interface EvidenceFiles {
  list(): Promise<EvidenceFile[]>
  /** @throws Ep23Error EVIDENCE_UNKNOWN (65) for whatever `list` does not name */
  read(uri: string): Promise<EvidenceFile & {text: string}>
}

/** Folders, and which of their files count: the exported records themselves are no evidence. */
const FOLDERS = {snapshots: '.json', exports: 'manifest.json'}
const MOST_FILES = 500
const MOST_BYTES = 1024 * 1024
const SCHEME = 'ep23://evidence/'

/**
 * Snapshot evidence and export manifests below the dataset folder. Only what is listed can be read: an address is looked
 * up and never made into a path, and links that lead out of the folder are not listed.
 */
export function createEvidenceFiles(datasetDir: string): EvidenceFiles {
  return {
    list: async () => [...(await filesBelow(datasetDir)).values()].map(({file}) => file),
    async read(uri) {
      const found = (await filesBelow(datasetDir)).get(uri)
      if (!found) throw badDataError('EVIDENCE_UNKNOWN', message('noEvidenceAt'), [message('listResources')])
      return {...found.file, text: await readStart(found.path)}
    },
  }
}

type Found = ReadonlyMap<string, {file: EvidenceFile; path: string}>

async function filesBelow(datasetDir: string): Promise<Found> {
  const root = await realpath(datasetDir).catch(() => undefined)
  if (root === undefined) return new Map()
  const paths = (
    await Promise.all(Object.entries(FOLDERS).map(async ([folder, ending]) => filesIn(join(root, folder), ending)))
  ).flat()
  const newest = paths.toSorted().toReversed().slice(0, MOST_FILES)
  return new Map(newest.map(path => [uriOf(root, path), {file: describe(root, path), path}]))
}

async function filesIn(folder: string, ending: string): Promise<string[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true}).catch(() => [])
  // Neither links nor folders are files here.
  return entries
    .filter(entry => entry.isFile() && entry.name.endsWith(ending))
    .map(({parentPath, name}) => join(parentPath, name))
}

function describe(root: string, path: string): EvidenceFile {
  return {uri: uriOf(root, path), name: slashed(root, path), mimeType: 'application/json'}
}

function uriOf(root: string, path: string): string {
  return SCHEME + pathToFileURL(`/${slashed(root, path)}`).pathname.slice(1)
}

function slashed(root: string, path: string): string {
  return relative(root, path).split(sep).join('/')
}

async function readStart(path: string): Promise<string> {
  await using file = await open(path)
  if ((await file.stat()).size > MOST_BYTES)
    throw badDataError('EVIDENCE_TOO_LARGE', message('fileTooLarge', {mostBytes: MOST_BYTES}), [message('readThere')])
  return file.readFile('utf8')
}
