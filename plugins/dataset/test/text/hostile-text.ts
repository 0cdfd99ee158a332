import * as fc from 'fast-check'

const letters = 'а е ё й Ё Й ж И K ſ ß ς Σ İ 𝗧 5 1️⃣ % ₽ № 👩 💻 🇷 🏴 • 🔹'.split(' ')
const signs = '- — – … « » ’ \' " . , ! ? ( ) [ ] ]( : / @ # _ ** __ ~~ || ` ```'.split(' ')
const beginnings = ['https://', 'a.ru/', 'т.', 'г.', 'И. ', 'руб. ', 'х**й']
const spaces = [' ', '\u00a0', '\u2028', '\u0085', '\n', '\r\n', '\r', '\t']
const invisible = ['\u200d', '\u200b', '\u00ad', '\ufe0f', '\u0000', '\ufeff', '\u{e0067}']
const combining = ['\u0301', '\u0308', '\u0306', '\u20e3', '\u093c', '\u1161', '\u11a8']
const lone = ['\ud800', '\udc00', '\u1100', '\u0915']

/** Pieces of text that the rules of this folder are about, lone halves of surrogate pairs among them. */
const pieces = fc.oneof(
  ...[letters, signs, beginnings, spaces, invisible, combining, lone].map(group => fc.constantFrom(...group)),
  fc.string({unit: 'binary', maxLength: 3}),
)

const hostileText = fc.array(pieces, {maxLength: 40}).map(parts => parts.join(''))

/** Checks a property on many made-up texts, the same ones in every run. */
export function forAllTexts(check: (text: string) => unknown): void {
  fc.assert(
    fc.property(hostileText, text => {
      check(text)
    }),
    {seed: 23, numRuns: 2000},
  )
}
