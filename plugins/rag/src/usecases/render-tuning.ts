import {fixedText, millisecondsText, signedText} from '@ep23/report/numbers'
import type {TrialView, TuningResult} from '../domain/tuning-result.js'

/** The result as lines for a terminal. */
export function renderTuning(result: TuningResult): string[] {
  const {queries, tried, space, repeats, method, measure, current, front, folder, relevant} = result
  return [
    `${tried.settings} of ${space} settings tried (${method}), ${repeats} repeats, ${queries.train} queries to choose and ${queries.test} to test`,
    ...(relevant.missing > 0
      ? [
          `${relevant.missing} of ${relevant.judged} relevant documents are not in the corpus: no setting can find them, and recall cannot reach 1`,
        ]
      : []),
    ...(tried.resumed > 0 ? [`${tried.resumed} trials taken over from an earlier run`] : []),
    '',
    `current configuration, test: ${measure} ${renderTrial(current)}`,
    '',
    'settings that no other one beats in quality, repeatability and latency:',
    ...front.flatMap(({train, test, gain}) => [
      `  ${Object.entries(train.setting)
        .map(([key, value]) => `${key}=${String(value)}`)
        .join(' ')}`,
      `    train ${fixedText(train.quality.estimate)}; test ${renderTrial(test)}`,
      `    gain ${signed(gain.estimate)} (${signed(gain.low)} … ${signed(gain.high)}), ${gain.improved} queries better, ${gain.worse} worse`,
    ]),
    '',
    `kept in ${folder}`,
    `see it: ep23 rag:report ${folder}`,
    nextStep(result),
  ]
}

// rag:promote refuses a gain whose interval includes zero; nobody should be sent there to learn it.
function nextStep({front, folder}: TuningResult): string {
  const [best] = front
  return best.gain.low > 0 && best.gain.estimate > 0
    ? `promote the first: ep23 rag:promote ${folder} --why REASON`
    : 'nothing to promote: the interval of the gain includes zero, or the setting is worse'
}

function renderTrial({quality, variance_ratio: ratio, rbo, latency_seconds, fallbacks, asked}: TrialView): string {
  return [
    `${fixedText(quality.estimate)} (${fixedText(quality.low)} … ${fixedText(quality.high)})`,
    `variance ratio ${ratio === null ? 'unmeasured' : `${fixedText(ratio.estimate)} (to ${fixedText(ratio.high)})`}`,
    `RBO ${rbo === null ? 'unmeasured' : fixedText(rbo)}`,
    `latency ${millisecondsText(latency_seconds.estimate)} ms`,
    ...(fallbacks > 0 ? [`${fallbacks} of ${asked} replies unusable`] : []),
  ].join(', ')
}

const signed = (gain: number): string => signedText(gain, fixedText)
