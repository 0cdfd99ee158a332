import {ownField} from '@ep23/sdk'
import {correctedShare, type CorrectedShare, type Estimate, scoreInterval} from '@ep23/statistics'

import {intervalFacts, type IntervalFacts} from '../../domain/interval-facts.js'
import type {ClaimAnswer} from '../../domain/label/label-event.js'
import type {Split} from '../../domain/label/label-plan.js'
import {alphaOf} from '../label/agreement.js'
import {countedLabels, type LabelledPlan} from '../label/labels.js'
import type {JudgedBullets} from './judged-bullets.js'

/** A judge that answers yes or no, item by item, beside people who do. Intervals are over sources. */
export interface StatementsAgreement {
  /** Items that people and the judge have answered. */
  items: number
  /** Those of which people are of two minds: counted nowhere. */
  divided: number
  /** Share of what people call right that the judge calls supported. */
  sensitivity: IntervalFacts
  /** Share of what people call wrong or unsupported that the judge does not call supported. */
  specificity: IntervalFacts
  /** Items that the judge calls supported, of all in the runs. */
  judge_share: IntervalFacts
  /** The share that people would call right of all of them; null where what is known of the judge cannot tell. */
  people_share: CorrectedShare | null
  /** Of people on whether an item is right, nominal; null where nobody answered what another did, or all said the same. */
  alpha_people: number | null
}

interface Answered {
  source: string
  /** Of each rater. */
  right: readonly boolean[]
  judge: boolean
}

export function judgeOfStatements(
  labelled: LabelledPlan,
  digests: readonly JudgedBullets[],
  part: Split | 'all',
): StatementsAgreement {
  const answered = answeredItems(labelled, digests, part)
  const agreed = answered.filter(({right}) => 2 * right.filter(Boolean).length !== right.length)
  const isRight = ({right}: Answered): boolean => 2 * right.filter(Boolean).length > right.length
  const sensitivity = shareOf(agreed.filter(isRight), ({judge}) => judge)
  const specificity = shareOf(
    agreed.filter(each => !isRight(each)),
    ({judge}) => !judge,
  )
  const share = shareOf(allItems(digests), ({judge}) => judge)
  const alpha = alphaOf(
    answered.filter(({right}) => right.length > 1).map(({right}) => ({values: right.map(Number)})),
    'nominal',
  )
  return {
    items: answered.length,
    divided: answered.length - agreed.length,
    sensitivity: intervalFacts(sensitivity),
    specificity: intervalFacts(specificity),
    judge_share: intervalFacts(share),
    people_share: correctedShare(share, {sensitivity, specificity}) ?? null,
    alpha_people: alpha ?? null,
  }
}

/** Items of a digest resemble each other, and so do digests of a source. */
function shareOf<T extends {source: string}>(items: readonly T[], isCounted: (item: T) => boolean): Estimate {
  return scoreInterval(
    items.map(item => Number(isCounted(item))),
    {clusters: items.map(({source}) => source)},
  )
}

function allItems(digests: readonly JudgedBullets[]): {source: string; judge: boolean}[] {
  return digests.flatMap(({sample_id: source, supported}) =>
    supported.flatMap(judge => (judge === undefined ? [] : [{source, judge}])),
  )
}

function answeredItems(labelled: LabelledPlan, digests: readonly JudgedBullets[], part: Split | 'all'): Answered[] {
  const judged = new Map(digests.map(digest => [`${digest.run_id} ${digest.sample_id}`, digest]))
  const labels = Map.groupBy(
    countedLabels(labelled).filter(({pass}) => pass === 1),
    ({item}) => item,
  )
  return labelled.plan.items
    .filter(({split}) => part === 'all' || split === part)
    .flatMap(({item}) => {
      const keyed = ownField(labelled.key.items, item)
      const [text] = keyed?.texts ?? []
      const own = text && judged.get(`${text.run_id} ${text.sample_id}`)
      if (!keyed || !own) return []
      return own.supported.flatMap((judge, bullet) => {
        const given = (labels.get(item) ?? []).flatMap(({claims}) => claims.get(bullet) ?? [])
        return judge === undefined || given.length === 0
          ? []
          : [{source: keyed.source, right: given.map(isRightAnswer), judge}]
      })
    })
}

function isRightAnswer(answer: ClaimAnswer): boolean {
  return answer === 'right'
}
