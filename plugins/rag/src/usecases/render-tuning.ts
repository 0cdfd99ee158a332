import {fixedText, millisecondsText, signedText} from '@ep23/report/numbers'
import type {TrialView, TuningResult} from '../domain/tuning-result.js'
import {message} from '../words/words.js'
import {type Message, type Text, joined, numbersMessage} from '@ep23/sdk'

/** The result as lines for a terminal. */
export function renderTuning(result: TuningResult): Text[] {
  const {queries, tried, space, repeats, method, measure, current, front, folder, relevant} = result
  return [
    message('settingsTried', {
      settings: tried.settings,
      space,
      method,
      repeats,
      train: queries.train,
      test: queries.test,
    }),
    ...(relevant.missing > 0
      ? [message('relevantOfCorpus', {missing: relevant.missing, judged: relevant.judged})]
      : []),
    ...(tried.resumed > 0 ? [message('trialsTaken', {trials: tried.resumed})] : []),
    '',
    message('currentTest', {measure, trial: renderTrial(current)}),
    '',
    message('notBeaten'),
    ...front.flatMap(({train, test, gain}) => [
      `  ${Object.entries(train.setting)
        .map(([key, value]) => `${key}=${String(value)}`)
        .join(' ')}`,
      message('trainAndTest', {train: number(train.quality.estimate), test: renderTrial(test)}),
      message('gainLine', {
        gain: signed(gain.estimate),
        low: signed(gain.low),
        high: signed(gain.high),
        better: gain.improved,
        worse: gain.worse,
      }),
    ]),
    '',
    message('keptIn', {folder}),
    message('seeIt', {folder}),
    nextStep(result),
  ]
}

// rag:promote refuses a gain whose interval includes zero; nobody should be sent there to learn it.
function nextStep({front, folder}: TuningResult): Message {
  const [best] = front
  return best.gain.low > 0 && best.gain.estimate > 0 ? message('promoteFirst', {folder}) : message('nothingToPromote')
}

function renderTrial({quality, variance_ratio: ratio, rbo, latency_seconds, fallbacks, asked}: TrialView): Message {
  return joined([
    numbersMessage(`${fixedText(quality.estimate)} (${fixedText(quality.low)} … ${fixedText(quality.high)})`),
    message('ratioTo', {
      ratio: ratio === null ? message('unmeasured') : number(ratio.estimate),
      high: ratio === null ? '' : message('upTo', {high: number(ratio.high)}),
    }),
    message('rboIs', {rbo: rbo === null ? message('unmeasured') : numbersMessage(fixedText(rbo))}),
    message('latencyMs', {milliseconds: numbersMessage(millisecondsText(latency_seconds.estimate))}),
    ...(fallbacks > 0 ? [message('unusableOf', {fallbacks, asked})] : []),
  ])
}

const number = (value: number): Message => numbersMessage(fixedText(value))
const signed = (gain: number): Message => numbersMessage(signedText(gain, fixedText))
