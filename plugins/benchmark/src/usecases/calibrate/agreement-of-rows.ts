import {bootstrapInterval, type BootstrapOptions, mean, type Measurement, spearman} from '@ep23/statistics'

import type {ScoreCalibration} from '../../domain/calibration.js'
import {intervalFacts} from '../../domain/interval-facts.js'
import type {PeopleAgreement} from '../../domain/people-agreement.js'
import {alphaOf} from '../label/agreement.js'
import type {LabelledRow} from './labelled-rows.js'

/** What a calibration's status is decided by. */
export interface RowsAgreement extends Pick<ScoreCalibration, 'spearman' | 'krippendorff_alpha' | 'rows' | 'groups'> {
  people: Pick<PeopleAgreement, 'doubly_labelled' | 'alpha_people' | 'alpha_people_low' | 'alpha_judge' | 'difference'>
}

type Rated = Pick<LabelledRow, 'source' | 'labels' | 'judge'>

/** Bounds of the middle 90 %: the lower one is passed by chance in 5 %. */
const ONE_SIDED = 0.9

/** How far the judge agrees with people and they with each other; intervals are over sources. */
export function agreementOfRows(rows: readonly Rated[], options: BootstrapOptions): RowsAgreement {
  const sources = [...Map.groupBy(rows, ({source}) => source).values()]
  const overSources = (statistic: (drawn: readonly Rated[]) => Measurement, settings: BootstrapOptions) => {
    const found = bootstrapInterval(sources, drawn => statistic(drawn.flat()), settings)
    const {estimate, low, high, confidence} = intervalFacts(found)
    return {estimate, low, high, confidence}
  }
  const oneSided = {...options, confidence: ONE_SIDED}
  return {
    spearman: overSources(rankCorrelation, options),
    krippendorff_alpha: judgeAlpha(rows) ?? null,
    rows: rows.length,
    groups: sources.length,
    people: {
      doubly_labelled: rows.filter(isLabelledTwice).length,
      alpha_people: peopleAlpha(rows) ?? null,
      alpha_people_low: overSources(peopleAlpha, oneSided).low,
      alpha_judge: judgeAlpha(rows) ?? null,
      difference: overSources(difference, oneSided),
    },
  }
}

function rankCorrelation(rows: readonly Rated[]): Measurement {
  return spearman(
    rows.map(({judge}) => judge),
    rows.map(({labels}) => mean(labels)),
  )
}

function peopleAlpha(rows: readonly Rated[]): Measurement {
  return alphaOf(
    rows.map(({labels}) => ({values: labels})),
    'ordinal',
  )
}

/** Each person's label beside the judge's score as a label. */
function judgeAlpha(rows: readonly Rated[]): Measurement {
  return alphaOf(
    rows.flatMap(({labels, judge}) => labels.map(label => ({values: [label, Math.round(judge)]}))),
    'ordinal',
  )
}

/** On what two people labelled: the same digests for both alphas. */
function difference(rows: readonly Rated[]): Measurement {
  const doubly = rows.filter(isLabelledTwice)
  const [own, theirs] = [judgeAlpha(doubly), peopleAlpha(doubly)]
  return own === undefined || theirs === undefined ? undefined : own - theirs
}

function isLabelledTwice({labels}: Rated): boolean {
  return labels.length > 1
}
