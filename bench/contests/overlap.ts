// ROUGE and chrF over pairs of Russian news summaries, equal values to the peers' (the measures' tests hold that).
import {chrf} from '../../plugins/benchmark/dist/measures/chrf.js'
import {rouge} from '../../plugins/benchmark/dist/measures/rouge.js'
import {newsRows, simpleTokens} from '../../plugins/benchmark/test/measures/reference.ts'
import {type Contest, perCpuSecond} from '../harness/contest.ts'
import {inputFile, pythonContestant, type Setting, withBaseline} from '../harness/setting.ts'

type Pair = readonly [candidate: string, reference: string]

/** Every pair is another one: a model's summary against the editors' of its own article and of the next four. */
export function overlapContests(setting: Setting): Contest[] {
  const rows = newsRows().slice(0, setting.small ? 2 : 200)
  const pairs = Array.from({length: 5}, (_, shift) =>
    rows.map(({generated}, i): Pair => [generated, rows[(i + shift) % rows.length]?.reference ?? '']),
  ).flat()
  const tokens = pairs.map(([a, b]): Pair => [simpleTokens(a).join(' '), simpleTokens(b).join(' ')])
  const ofPairs = inputFile(setting, 'pairs', pairs)
  const contest = (
    name: string,
    {task, peer, input, aim}: {task: string; peer: string; input: string; aim: number},
    score: () => unknown,
  ) =>
    withBaseline({
      name: `${name} of ${pairs.length} pairs`,
      unit: 'pairs per CPU second',
      better: 'higher',
      baseline: peer,
      aim,
      contestants: [
        {name: 'ep23', measure: () => perCpuSecond(pairs.length, score)},
        ...pythonContestant(setting.peers, {name: peer, packages: [peer], task, input}),
      ],
    })
  return [
    contest(
      'ROUGE-1, -2 and -L',
      {task: 'rouge', peer: 'rouge-score', input: inputFile(setting, 'tokens', tokens), aim: 20},
      () => tokens.map(([a, b]) => rouge(a.split(' '), b.split(' '))),
    ),
    contest('chrF', {task: 'chrf', peer: 'sacrebleu', input: ofPairs, aim: 5}, () =>
      pairs.map(([a, b]) => chrf(a, [b])),
    ),
    contest('chrF++', {task: 'chrf_pp', peer: 'sacrebleu', input: ofPairs, aim: 5}, () =>
      pairs.map(([a, b]) => chrf(a, [b], {wordOrder: 2})),
    ),
  ]
}
