import {both, type Markup} from './markup.js'

const WORDS: Readonly<Record<string, readonly [ru: string, en: string]>> = {
  pass: ['зачёт', 'pass'],
  warn: ['на грани', 'warn'],
  fail: ['незачёт', 'fail'],
  undecided: ['не решено', 'undecided'],
  unmeasured: ['не измерено', 'unmeasured'],
  worse: ['хуже', 'worse'],
  better: ['лучше', 'better'],
  no_difference: ['без разницы', 'no difference'],
  telegram: ['настоящие', 'real'],
  synthetic: ['синтетические', 'synthetic'],
  coverage: ['полнота', 'coverage'],
  accuracy: ['точность', 'accuracy'],
  coherence: ['связность', 'coherence'],
  informativeness: ['содержательность', 'informativeness'],
  latency_seconds: ['время, с', 'latency, s'],
  measured_share: ['доля измеренных', 'measured share'],
  mean: ['среднее', 'mean'],
  worst: ['худший', 'worst'],
  p10: ['10-й процентиль', '10th percentile'],
  p90: ['90-й процентиль', '90th percentile'],
  share: ['доля', 'share'],
  any: ['любой судья', 'any judge'],
}

/** A name of ours in both languages; names that plugins bring stay as they are. */
export function word(name: string): Markup {
  const [ru, en] = WORDS[name] ?? [name, name]
  return both(ru, en)
}

/** The same for the page's script. */
export function wordPairs(names: readonly string[]): Record<string, readonly [string, string]> {
  return Object.fromEntries(names.map(name => [name, WORDS[name] ?? [name, name]]))
}
