import {percentText} from '@ep23/report/numbers'
import type {ReviewPass} from '../../domain/review-report.js'
import {contentTerms} from '../../text/term-vectors.js'
import {jaccard, words} from '../../text/index.js'
import type {DigestOutline} from '../../domain/digest-outline.js'
import {passOf, quoted, shareOf, type Remark} from './pass-text.js'

/** Two bullets that share this much of their words say the same. */
const REPEATED = 0.5

interface Pair {
  first: string
  second: string
  similarity: number
}

/** Looks for repetition: bullets that say the same, and how many of the word pairs are different. */
export function redundancyPass({bullets, prose}: DigestOutline): ReviewPass {
  const pairs = similarPairs(bullets.map(({text}) => text))
  const repeated = pairs.filter(({similarity}) => similarity >= REPEATED)
  const scores = {
    most_similar_bullets: Math.max(0, ...pairs.map(({similarity}) => similarity)),
    distinct_2: distinctPairs(prose),
  }
  const summary = `Повторов: ${repeated.length}; самые похожие пункты совпадают на ${percentText(scores.most_similar_bullets, 0)}, различных пар слов ${percentText(scores.distinct_2, 0)}.`
  return passOf('redundancy', summary, repeated.map(repetition), scores)
}

function repetition({first, second, similarity}: Pair): Remark {
  return {
    title: 'Пункты повторяют друг друга',
    description: `${quoted(first)} и ${quoted(second)} совпадают на ${percentText(similarity, 0)}.`,
    recommendation: 'Объединить пункты об одном и том же.',
  }
}

function similarPairs(bullets: readonly string[]): Pair[] {
  const terms = bullets.map(text => new Set(contentTerms(text)))
  return bullets.flatMap((second, index) =>
    bullets.slice(0, index).map((first, earlier) => ({
      first,
      second,
      similarity: jaccard(terms[earlier] ?? new Set(), terms[index] ?? new Set()),
    })),
  )
}

/** Distinct-2 (Li et al. 2016): different pairs of neighbouring words, of all such pairs. */
function distinctPairs(text: string): number {
  const found = words(text)
  const pairs = found.slice(1).map((word, index) => `${found[index]} ${word}`)
  return shareOf(new Set(pairs).size, pairs.length)
}
