import type {JudgedSample} from '@ep23/sdk'

import type {SignatureParts} from '../measures/signature.js'
import type {RunIdentityFacts} from './run-result.js'

/**
 * A judge's signature, `lexical|tok:ru-1|…|v:1`: in the form of the measures' signatures, so that `signatureDifferences` reads both.
 * It holds everything that can change a score; runs whose signatures differ are never compared.
 * @throws RangeError for a part that would not survive parsing
 */
export function judgeSignature(judge: string, version: number, parts: SignatureParts): string {
  const texts = Object.entries(parts).map(([part, value]) => `${part}:${value}`)
  const unsound = texts.find(text => !/^[\w.+-]+:[^|\s]+$/u.test(text))
  if (unsound !== undefined) throw new RangeError(`signature part "${unsound}" must be name:value without spaces or |`)
  return [judge, ...texts.toSorted(), `v:${version}`].join('|')
}

type JudgeFacts = RunIdentityFacts['judge']

/** Who gave the scores that came with a dataset: each judge model with its prompt, whatever the number of records. */
export class RecordedJudges {
  readonly #judges = new Map<string, {model: string; prompt: string | null}>()

  add({ground_truth: truth}: JudgedSample): void {
    const {judge_model: model, prompt_version: prompt} = truth?.llm_judge ?? {}
    if (model !== undefined) this.#judges.set(JSON.stringify([model, prompt]), {model, prompt: prompt ?? null})
  }

  /**
   * The identity of a `recorded` judge over these records: scores of another model or prompt have another signature.
   * @example {signature: 'recorded|by:qwen3-32b/digest-ru-1|v:2', settings: {recorded_by: 'qwen3-32b, prompt digest-ru-1', judges: 1}}
   */
  identity({signature, ...judge}: JudgeFacts): JudgeFacts {
    const judges = [...this.#judges].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each)
    const by = judges.map(({model, prompt}) => `${signaturePart(model)}/${signaturePart(prompt ?? '-')}`).join('+')
    const names = judges.map(({model, prompt}) => (prompt === null ? model : `${model}, prompt ${prompt}`))
    const [name, ...parts] = signature.split('|')
    return {
      ...judge,
      signature: [name, `by:${by || 'nobody'}`, ...parts].join('|'),
      model: judges.length === 1 ? (judges[0]?.model ?? null) : null,
      settings: {...judge.settings, recorded_by: names.join('; ') || null, judges: judges.length},
    }
  }
}

/** True for scores of several models or prompts: what such a run says of one of them nobody can tell. */
export function isMixedJudge({judge}: RunIdentityFacts): boolean {
  return judge.name === 'recorded' && Number(judge.settings['judges'] ?? 0) > 1
}

function signaturePart(text: string): string {
  return text.replaceAll(/[|/+%\s]/gu, encodeURIComponent)
}
