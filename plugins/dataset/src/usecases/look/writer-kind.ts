import type {Provenance} from '../../domain/documents/provenance.js'

export const WRITERS = ['synthetic', 'extractive', 'model', 'team', 'person'] as const
export type Writer = (typeof WRITERS)[number]

/** Who wrote a document, as far as it says so. */
export function writerKind({origin, llm_model}: Provenance): Writer {
  if (origin !== 'telegram') return origin
  return /^(?:extractive|rules)-\d+$/u.test(llm_model) ? 'extractive' : 'model'
}
