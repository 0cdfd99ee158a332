import type {ScoreCalibration} from '../../domain/calibration.js'
import type {PeopleAgreement} from '../../domain/people-agreement.js'

/** What `benchmark:calibrate` says of a plan. */
export interface PeopleCalibration {
  plan: string
  judge: string
  signature: string
  scores: readonly ScoreCalibration[]
  /** A plan of what to label next, with `--next`. */
  next: {
    folder: string
    items: number
    pool: number
    drawn: readonly {item: string; probability: number}[] | null
  } | null
  saved: readonly string[]
  notes: readonly string[]
}

export function renderPeopleCalibration(
  {plan, judge, scores, saved, notes, next}: PeopleCalibration,
  lang: 'ru' | 'en',
): string[] {
  return [
    `${judge} among the people of ${plan}`,
    ...scores.flatMap(({score, people, rows, groups}) =>
      people ? scoreLines(score, people, {rows, groups}, lang) : [],
    ),
    ...notes.map(note => `note: ${note}`),
    ...(next ? [`next: ${next.items} of ${next.pool} not yet labelled digests: ${next.folder}`] : []),
    ...(next?.drawn ?? []).map(({item, probability}) => `  ${item}  π ${probability.toFixed(4)}`),
    ...saved.map(path => `saved: ${path}`),
  ]
}

function scoreLines(
  score: string,
  {alpha_judge, alpha_people, difference, estimate, length_slope, alt_test: alt}: PeopleAgreement,
  {rows, groups}: {rows: number; groups: number},
  lang: 'ru' | 'en',
): string[] {
  const apart = `${number(difference.estimate)} (${number(difference.low)} … ${number(difference.high)})`
  return [
    `${score}: alpha judge–people ${number(alpha_judge)}, people–people ${number(alpha_people)}, difference ${apart}; ${rows} digests of ${groups} sources`,
    `  ${estimateText(estimate, lang)}`,
    ...(alt
      ? [
          `  in place of a rater: holds its own against ${number(alt.winning_rate)} of them (one half is wanted), advantage ${number(alt.advantage)}`,
        ]
      : []),
    ...(length_slope === null
      ? []
      : [`  twice the length: the judge exceeds the people by ${number(length_slope)} more`]),
  ]
}

/** Of the five steps, as editors write numbers. */
function estimateText({mean, low, high}: PeopleAgreement['estimate'], lang: 'ru' | 'en'): string {
  const step = (value: number | null): string => {
    const text = value === null ? '?' : value.toFixed(1)
    return lang === 'ru' ? text.replace('.', ',') : text
  }
  const bounds = `${step(mean)} (${step(low)} … ${step(high)})`
  return lang === 'ru' ? `люди поставили бы ${bounds}` : `people would give ${bounds}`
}

function number(value: number | null): string {
  return value === null ? '–' : value.toFixed(2)
}

/** What the numbers do not show, one sentence each. */
export function peopleNotes(
  scores: readonly ScoreCalibration[],
  {uses, judges, part}: {uses: number; judges: number; part: PeopleAgreement['part']},
): string[] {
  const people = scores.flatMap(({people: own}) => own ?? [])
  const notes: [condition: boolean, note: string][] = [
    [scores.length === 0, 'nobody labelled a digest that this judge scored'],
    [people.some(({raters}) => raters.length === 1), 'one rater: how far people agree with each other is not known'],
    [
      people.some(({doubly_labelled: doubly, raters}) => raters.length > 1 && doubly < 100),
      'fewer than 100 digests with two raters: a good judge may fail by chance',
    ],
    [
      (part === 'held_out' || part === 'all') && uses > 1,
      `the held-out labels were looked at ${uses} times, by ${judges} judges: choosing a judge by them flatters it`,
    ],
  ]
  return notes.flatMap(([condition, note]) => (condition ? [note] : []))
}
