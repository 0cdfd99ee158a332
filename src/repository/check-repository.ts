import {execFile} from 'node:child_process'
import {readdir, readFile, stat} from 'node:fs/promises'
import {join, relative} from 'node:path'
import {promisify} from 'node:util'

import {usageError} from '@ep23/sdk'

import {fileFindings} from './file-rules.js'
import {linkFindings} from './links.js'
import {schemaFindings} from './own-schemas.js'
import type {RepositoryFinding} from './repository-finding.js'
import {translationFindings} from './translations.js'
import {message} from '../words/words.js'

export interface RepositoryCheck {
  folder: string
  files: number
  findings: RepositoryFinding[]
}

const NOT_THEIRS = new Set(['.git', 'node_modules', 'dist', 'bundle', 'coverage', '.ep23', '.cache', '.nyc_output'])
/** Longer texts than any that people write by hand are looked at by their size alone. */
const MOST_READ_BYTES = 10 * 1024 * 1024

/**
 * Looks at every file of a repository that git knows of, or else at all but what tools have made: what breaks a build or a reader.
 * @param ownSchemas of `readOwnSchemas`
 * @throws Ep23Error USAGE (64) for what is no folder
 */
export async function checkRepository(
  folder: string,
  ownSchemas: ReadonlyMap<string, object>,
): Promise<RepositoryCheck> {
  const found = await stat(folder).catch(() => undefined)
  if (!found?.isDirectory()) throw usageError(message('repoNotFolder', {folder}), [message('nameRepoFolder')])
  const files = (await knownToGit(folder)) ?? (await walked(folder))
  const findings: RepositoryFinding[] = []
  const pages = new Map<string, string>()
  for (const file of files) {
    const {size} = (await stat(join(folder, file)).catch(() => undefined)) ?? {size: -1}
    if (size < 0) continue
    const text = size <= MOST_READ_BYTES && isText(file) ? await readFile(join(folder, file), 'utf8') : undefined
    if (text !== undefined && file.endsWith('.md')) pages.set(file, text)
    findings.push(...fileFindings({file, size, text}), ...schemaFindings(file, text ?? '', ownSchemas))
  }
  const repository = {known: new Set(files), pages}
  const links = [...pages].flatMap(([file, text]) => linkFindings(file, text, repository))
  return {
    folder,
    files: files.length,
    findings: [...findings, ...links, ...translationFindings(pages, repository.known)],
  }
}

/** Files under version control; undefined where there is no git or no repository of it. */
async function knownToGit(folder: string): Promise<string[] | undefined> {
  try {
    const {stdout} = await promisify(execFile)('git', ['-C', folder, 'ls-files', '-z'], {maxBuffer: 64 * 1024 * 1024})
    return stdout.split('\0').filter(Boolean)
  } catch {
    return undefined
  }
}

async function walked(folder: string, below = folder): Promise<string[]> {
  const entries = await readdir(below, {withFileTypes: true})
  const found = await Promise.all(
    entries
      .filter(({name}) => !NOT_THEIRS.has(name))
      .map(async entry => {
        const path = join(below, entry.name)
        if (entry.isDirectory()) return walked(folder, path)
        return entry.isFile() ? [relative(folder, path)] : []
      }),
  )
  return found.flat().sort()
}

function isText(file: string): boolean {
  return /\.(?:ya?ml|json|jsonl|md|ts|tsx|js|mjs|cjs|py|sh|css|html|toml|txt)$/u.test(file)
}
