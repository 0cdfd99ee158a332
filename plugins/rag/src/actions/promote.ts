import {type CommandResult, EXIT, type Runtime, joined, verbatim, localNumbers, type Language} from '@ep23/sdk'
import {type ConfigChange, type ConfigValues, valueOf} from '../domain/config-keys.js'
import type {HistoryEntry} from '../domain/config-history.js'
import {
  applyPromotion,
  EVERYBODY,
  judgePromotion,
  type PromotionRefusal,
  refusalText,
  baseHash,
} from '../usecases/judge-promotion.js'
import {renderChange} from '../usecases/render-config.js'
import type {TuningResult} from '../domain/tuning-result.js'
import type {PromoteFlags} from '../flags.js'
import {configPath} from './config-in-force.js'
import {asOwner, ownerKeyPath, type OwnerSession, requireSigned} from './owner-session.js'
import {recordRefusals} from './record.js'
import {readRun} from './tuning-runs.js'
import {message} from '../words/words.js'

export interface PromotionData {
  path: string
  promoted: boolean
  /** Null when nothing was written: refused, or it stood so already. */
  version: number | null
  /** Percent of the users that get the setting; null for everybody, or when it was refused. */
  canary: number | null
  refusals: string[]
  changes: ConfigChange[]
}

/** Writes the best setting of a tuning run into the configuration, for everybody or for a share, if it holds; else exit 2 with every reason. */
export async function promoteResult(
  runtime: Runtime,
  flags: PromoteFlags,
  run: string,
): Promise<CommandResult<PromotionData>> {
  const path = configPath(flags, runtime.settings)
  const result = await readRun(runtime, run)
  return asOwner(runtime, path, ownerKeyPath(flags.key, flags.dataDir), async session => {
    requireSigned(session)
    return promoteIn(session, runtime, flags, {path, run, result})
  })
}

async function promoteIn(
  session: OwnerSession,
  runtime: Runtime,
  flags: PromoteFlags,
  {path, run, result}: {path: string; run: string; result: TuningResult},
): Promise<CommandResult<PromotionData>> {
  const {config} = session
  const refusals = refusalsOf(runtime, flags, result, config.values)
  if (refusals.length > 0) {
    recordRefusals(
      runtime,
      refusals.map(({reason}) => reason),
    )
    return refused(path, refusals)
  }
  const percent = flags.canary ?? EVERYBODY
  const after = applyPromotion(config, result.best, percent)
  const canary = percent < EVERYBODY ? percent : null
  if (after.text === config.text) return unchanged(path, canary)
  const action = canary === null ? 'promote' : 'canary'
  const entry = await session.write(after, action, `${flags.why} (tuning run ${result.run_id})`)
  runtime.describeRun({
    rag_promote: {path, version: entry.version, tuning_run: result.run_id, canary, changes: entry.diff},
  })
  return promoted(path, run, entry, canary)
}

function refusalsOf(
  {clock}: Runtime,
  flags: PromoteFlags,
  result: TuningResult,
  values: ConfigValues,
): PromotionRefusal[] {
  return judgePromotion(result, {
    mostVarianceRatio: valueOf(values, 'reranker.adaptive_threshold') as number,
    mostAgeDays: flags['max-age-days'],
    now: clock.now(),
    baseSha256: baseHash(values),
  })
}

function promoted(
  path: string,
  run: string,
  {version, diff}: HistoryEntry,
  canary: number | null,
): CommandResult<PromotionData> {
  return {
    data: {path, promoted: true, version, canary, refusals: [], changes: diff},
    text: [
      joined([message('valueSigned', {path, version}), canary === null ? '' : message('usersGet', {canary})], ''),
      ...diff.map(renderChange),
      ...(canary === null ? [] : [message('giveToAll', {run})]),
      message('takeBack'),
    ],
  }
}

function unchanged(path: string, canary: number | null): CommandResult<PromotionData> {
  return {
    data: {path, promoted: true, version: null, canary, refusals: [], changes: []},
    text: [message('upToDate', {path})],
  }
}

function refused(path: string, refusals: readonly PromotionRefusal[]): CommandResult<PromotionData> {
  const sentences = refusals.map(refusal => {
    const {en, ru} = refusalText(refusal)
    return {...verbatim(en), in: async (language: Language) => (language === 'ru' ? localNumbers(ru, 'ru') : en)}
  })
  return {
    data: {
      path,
      promoted: false,
      version: null,
      canary: null,
      refusals: sentences.map(({english}) => english),
      changes: [],
    },
    text: [message('notPromoted'), ...sentences.map(sentence => joined(['  ✖ ', sentence], ''))],
    exit: EXIT.gateFailed,
  }
}
