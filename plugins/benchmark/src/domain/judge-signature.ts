import {type SignatureParts} from '../measures/index.js'

/**
 * A judge's signature, `lexical|tok:ru-1|…|v:1`: in the form of the measures' signatures, so that `signatureDifferences` reads both.
 * It holds everything that can change a score; runs whose signatures differ are never compared.
 * @throws RangeError for a part that would not survive parsing
 */
export function judgeSignature(judge: string, version: number, parts: SignatureParts): string {
  const texts = Object.entries(parts).map(([part, value]) => `${part}:${value}`)
  const unsound = texts.find(text => !/^[\w.+-]+:[^|\s]+$/u.test(text))
  if (unsound !== undefined) throw new RangeError(`signature part "${unsound}" must be name:value without spaces or |`)
  return [judge, ...texts.toSorted(), `v:${version}`].join('|')
}
