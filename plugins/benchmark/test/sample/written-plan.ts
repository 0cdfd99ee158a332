import {writePlan} from '#src/adapters/label/label-folder.js'
import {hashText} from '#src/adapters/sha256.js'
import type {LabelMode} from '#src/domain/label/label-plan.js'
import {makePlan} from '#src/usecases/label/make-plan.js'

/** Names that no labelling session may tell. */
export const SECRETS = ['gpt-writer', 'run-20241204', 'qwen-writer']

export interface PlanChanges {
  mode?: LabelMode
  size?: number
  postOf?: (item: number) => string
}

/** A plan of anna and boris in a folder, of two writers' texts. */
export async function writtenPlan(
  folder: string,
  {mode = 'score', size = 20, postOf = item => `Пост номер ${item} о мосте.`}: PlanChanges = {},
): Promise<void> {
  const pool = Array.from({length: size}, (_, i) => ({
    source: `@habr:${i}`,
    posts: [postOf(i), `Второй пост номер ${i}.`],
    uncertainty: undefined,
    texts: (mode === 'pair' ? [0, 1] : [i % 2]).map(side => ({
      run_id: SECRETS[1] ?? '',
      writer: SECRETS[2 * side] ?? '',
      sample_id: `@habr:${i}`,
      text: `- Пункт ${side} дайджеста ${i}.\n- Ещё один пункт.`,
    })),
  }))
  const options = {
    ...{name: 'plan', mode, seed: 1, size, overlap: 1, warmUp: 0, raters: ['anna', 'boris'], runs: {}},
    scores: ['coverage', 'accuracy', 'coherence', 'informativeness'],
    sampling: 'uniform' as const,
  }
  await writePlan(folder, makePlan(pool, options, hashText))
}
