import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'

import {badDataError} from '@ep23/sdk'

import type {SourceFile} from '../domain/provision.js'
import {message} from '../words/words.js'

const FOLDERS = ['grafana', 'prometheus', 'docs']

/** The configurations of log agents, which neither Prometheus nor Grafana reads. */
const LOG_AGENTS = 'prometheus/log-shipping/'

/** The files under `grafana`, `prometheus` and `docs` of a folder, in order of their names. */
export async function readSourceFiles(root: string): Promise<SourceFile[]> {
  const lists = await Promise.all(FOLDERS.map(async folder => filesUnder(root, folder)))
  const paths = lists
    .flat()
    .filter(path => !path.startsWith(LOG_AGENTS))
    .filter(path => /^docs\/.*\.md$|^(?!docs\/).*\.(?:json|ya?ml)$/u.test(path))
  if (paths.every(path => path.startsWith('docs/')))
    throw badDataError('PROVISION_NOTHING', message('noSourceFiles', {root}), [message('nameRoot')])
  return Promise.all(paths.toSorted().map(async path => ({path, text: await readFile(join(root, path), 'utf8')})))
}

async function filesUnder(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), {recursive: true, withFileTypes: true}).catch(() => [])
  const prefix = join(root, '/')
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(prefix.length).replaceAll('\\', '/'))
}
