import {createHash} from 'node:crypto'

import canonicalize from 'canonicalize'

import {reviewKind, type DocumentKind} from '../domain/document-kind.js'
import type {WrittenBy} from '../domain/provenance.js'
import type {Version} from '../domain/worth.js'

const NAME_AND_VERSION = /^(?<name>.+)-(?<version>\d+)(?: .*)?$/u

/**
 * Who wrote a stored document: what it says itself, or, where it is older than that field, what the rest of it tells. Synthetic ones
 * name their generator, extractive ones and reviews by rules their version, and what a team imported is hashed by its posts alone.
 */
export function writerOf<T>(kind: DocumentKind<T>, document: T): WrittenBy {
  const {written_by, origin, llm_model, generator, source_sha256} = kind.metadataOf(document)
  if (written_by) return written_by
  if (origin === 'team') return {kind: 'team', name: llm_model ?? 'unknown'}
  if (origin === 'synthetic') return {kind: 'synthetic', ...versioned(generator ?? llm_model ?? 'unknown')}
  if (/^(?:extractive|rules)-\d+$/u.test(llm_model ?? '')) return {kind: 'extractive', ...versioned(llm_model)}
  const isOurs = source_sha256 !== undefined && source_sha256 !== sha256OfJson(importedPart(kind, document))
  return {kind: isOurs ? 'model' : 'team', name: llm_model ?? 'unknown'}
}

/** A stored document as the rule of worth sees it. */
export function versionOf<T>(kind: DocumentKind<T>, document: T): Version {
  return {writer: writerOf(kind, document), origin: kind.originOf(document), posts: kind.postsOf(document) ?? []}
}

/** `extractive-1` and `ru-grammar-1 seed=23` as name and version. */
export function versioned(text: string): {name: string; version?: string} {
  const {name = text, version} = NAME_AND_VERSION.exec(text)?.groups ?? {}
  return version === undefined ? {name} : {name, version}
}

// What the import of older versions hashed for documents that brought no hash of their own.
function importedPart<T>(kind: DocumentKind<T>, document: T): unknown {
  const {posts, report} = document as {posts?: unknown; report?: {passes?: unknown}}
  return (kind.collection === reviewKind.collection ? report?.passes : posts) ?? null
}

/**
 * SHA-256, in hex, of a value's canonical JSON (RFC 8785): equal values give equal hashes, whatever the order of their
 * fields. Dates count as their ISO text; half a surrogate pair, which canonical JSON refuses, as U+FFFD.
 */
export function sha256OfJson(value: unknown): string {
  const text = JSON.stringify(value ?? null)
  // JSON writes half a pair, and nothing else of its own accord, as such an escape.
  const wellFormed: unknown = JSON.parse(text.includes('\\ud') ? JSON.stringify(value, toWellFormed) : text)
  return createHash('sha256')
    .update(canonicalize(wellFormed) ?? 'null')
    .digest('hex')
}

function toWellFormed(_key: string, part: unknown): unknown {
  return typeof part === 'string' ? part.toWellFormed() : part
}
