import * as fc from 'fast-check'

import type {IndexedText} from '#src/retrieval/index-documents.js'

const WORDS = ['москва', 'Москве', 'московский', 'дом', 'дома', 'и', 'новости', 'новость', 'Python', '2024', 'COVID-19']

/** Texts of few words, so that documents share terms; sometimes empty. */
export const text: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...WORDS), {maxLength: 12})
  .map(words => words.join(' '))

export const documents: fc.Arbitrary<IndexedText[]> = fc.uniqueArray(
  fc.record({id: fc.constantFrom('a', 'B', 'b', 'я', 'ё', '～', '😀', 'd1', 'd10', 'd2'), text}),
  {minLength: 1, selector: ({id}) => id},
)
