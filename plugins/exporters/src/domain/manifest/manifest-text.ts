import {canonicalJson} from '../records/canonical-json.js'
import type {Manifest} from './manifest.js'

/** SHA-256 of a text's UTF-8 bytes, lower-case hex. */
export type TextHash = (text: string) => string

type SealedManifest = Manifest & {manifest_sha256: string}

/**
 * The manifest as it stands in its file: indented JSON that ends with `manifest_sha256`, the hash of its own canonical
 * JSON without that field. It shows an accident, not a forger: that takes a signature.
 */
export function renderManifest(manifest: Manifest, hash: TextHash): string {
  const sealed: SealedManifest = {...manifest, manifest_sha256: hash(canonicalJson(manifest))}
  return `${JSON.stringify(sealed, null, 2)}\n`
}

/**
 * Reads what `renderManifest` wrote.
 * @throws SyntaxError for what is no JSON; the shape is the caller's to check first
 * @returns the manifest, and whether the text is byte for byte what would be written today
 */
export function openManifest(text: string, hash: TextHash): {manifest: Manifest; intact: boolean} {
  const {manifest_sha256: _seal, ...manifest} = JSON.parse(text) as SealedManifest
  return {manifest, intact: renderManifest(manifest, hash) === text}
}
