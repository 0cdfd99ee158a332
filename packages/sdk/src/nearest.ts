/**
 * The candidates that somebody may have meant, the nearest first: at most a third of the letters wrong, missing, too many or
 * swapped, or typed in the Russian keyboard layout.
 * @example nearest('dataset:sed', ['dataset:seed', 'doctor']) // ['dataset:seed']
 * @example nearest('вщсещк', ['doctor']) // ['doctor']
 */
export function nearest(typed: string, candidates: readonly string[], most = 3): string[] {
  const spellings = [...new Set([typed.toLowerCase(), inLatinLayout(typed.toLowerCase())])]
  return candidates
    .map(candidate => ({
      candidate,
      distance: Math.min(...spellings.map(each => distanceOf(each, candidate.toLowerCase()))),
    }))
    .filter(
      ({candidate, distance}) => distance <= Math.max(1, Math.floor(Math.max(typed.length, candidate.length) / 3)),
    )
    .toSorted((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, most)
    .map(({candidate}) => candidate)
}

/** Edits between two words, two swapped neighbours counting as one (optimal string alignment). */
function distanceOf(a: string, b: string): number {
  let [before, row] = [[] as number[], Array.from({length: b.length + 1}, (_, index) => index)]
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let edits = Math.min((row[j - 1] ?? 0) + (same ? 0 : 1), (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        edits = Math.min(edits, (before[j - 2] ?? 0) + 1)
      next.push(edits)
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}

const RUSSIAN = 'йцукенгшщзхъфывапролджэячсмитьбюё'
const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"

function inLatinLayout(text: string): string {
  // The colon is a letter in the Russian layout.
  return text.replaceAll('ж', ':').replaceAll(/[а-яё]/gu, letter => LATIN[RUSSIAN.indexOf(letter)] ?? letter)
}
