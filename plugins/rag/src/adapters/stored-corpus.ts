import {createHash} from 'node:crypto'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {hasCode, writeFileAtomically, inTurns, type Store} from '@ep23/sdk'
import type {Analyser} from '../retrieval/analyser.js'
import type {Bm25Index} from '../retrieval/bm25-index.js'
import {decodeIndex, encodeIndex} from '../retrieval/index-codec.js'
import {type IndexedText, type IndexingResult, indexing} from '../retrieval/index-documents.js'
import {digestKind, storedDocuments} from '@ep23/plugin-dataset'
import {stripMarkup} from '@ep23/plugin-dataset/text'

export interface SavedIndex extends IndexingResult {
  path: string
}

/** Beside a store file; for a server, in `.ep23` of the working folder under a name made of its address. */
export function indexPath(store: string, language: string): string {
  const isUrl = /^[a-z][a-z0-9+.-]*:\/\//iu.test(store)
  const name = isUrl ? join('.ep23', `store-${createHash('sha256').update(store).digest('hex').slice(0, 12)}`) : store
  return `${name}.bm25-${language}.idx`
}

/**
 * The index of these documents, saved for the next time; only documents that changed since the last time are analysed. A saved
 * index of another version, another analyser or with damage is made anew.
 */
export async function savedIndex(
  path: string,
  documents: readonly IndexedText[],
  {analyser, signal}: {analyser: Analyser; signal: AbortSignal},
): Promise<SavedIndex> {
  const result = await inTurns(indexing(documents, analyser, await previousIndex(path, analyser)), signal)
  if (result.analysed > 0 || result.removed > 0) await writeFileAtomically(path, encodeIndex(result.index))
  return {...result, path}
}

const UNUSABLE = ['RAG_INDEX_UNREADABLE', 'RAG_INDEX_VERSION', 'RAG_INDEX_DAMAGED']

async function previousIndex(path: string, {signature}: Analyser): Promise<Bm25Index | undefined> {
  try {
    const index = decodeIndex(await readFile(path), path)
    return index.signature === signature ? index : undefined
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    if (isMissing || UNUSABLE.some(code => hasCode(error, code))) return undefined
    throw error
  }
}

export interface StoredPost {
  /** `<channel>/<post_id>`; posts of the team's digests, which have no ids, are numbered within their digest. */
  id: string
  title: string | undefined
  /** Without markup. */
  text: string
}

/** The posts of all stored digests. One that stands in several digests comes once, as the latest of them has it. */
export async function storedPosts(store: Store): Promise<StoredPost[]> {
  const posts = new Map<string, StoredPost>()
  for await (const {document, problems} of storedDocuments(store, digestKind)) {
    if (problems.length > 0) continue
    const {channel, digest_id, posts: found} = document
    for (const [index, {post_id = `${digest_id}-${index + 1}`, title, text}] of found.entries()) {
      const id = `${channel}/${post_id}`
      posts.set(id, {id, title, text: stripMarkup(text).text})
    }
  }
  return [...posts.values()]
}
