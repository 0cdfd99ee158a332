import {createHash} from 'node:crypto'

import {type CommandResult, EXIT, type Runtime} from '@ep23/sdk'

import {type ConfigChange, valueOf} from '../domain/config-keys.js'
import {editConfigYaml} from '../formats/edit-config-yaml.js'
import {renderChange} from '../usecases/config/render-config.js'
import {judgePromotion} from '../usecases/tune/judge-promotion.js'
import {refusalText} from '../usecases/tune/promotion-refusal.js'
import type {ChangeFlags} from './change-config.js'
import {configPath} from './config-path.js'
import {openOwnerSession, ownerKeyPath, requireSigned} from './owner-session.js'
import {readResult} from './tuning-folder.js'

export interface PromotionData {
  path: string
  promoted: boolean
  /** Null when it was refused. */
  version: number | null
  refusals: string[]
  changes: ConfigChange[]
}

type PromoteFlags = ChangeFlags & {'max-age-days': number}

/** Writes the best setting of a tuning run into the configuration, if it holds; else exit 2 with every reason. */
export async function promoteResult(
  runtime: Runtime,
  flags: PromoteFlags,
  run: string,
): Promise<CommandResult<PromotionData>> {
  const path = configPath(flags, runtime.settings)
  const session = await openOwnerSession(runtime, path, ownerKeyPath(flags.key, flags.dataDir))
  requireSigned(session)
  const result = await readResult(run)
  const refusals = judgePromotion(result, {
    mostVarianceRatio: valueOf(session.config.values, 'reranker.adaptive_threshold') as number,
    mostAgeDays: flags['max-age-days'],
    now: runtime.clock.now(),
    configSha256: createHash('sha256').update(session.config.text).digest('hex'),
  }).map(refusal => refusalText(refusal).en)
  if (refusals.length > 0) return refused(path, refusals)
  const after = Object.entries(result.best).reduce(
    (config, [key, value]) => editConfigYaml(config, key, value),
    session.config,
  )
  const {version, diff} = await session.write(after, 'promote', `${flags.why} (tuning run ${result.run_id})`)
  runtime.describeRun({rag_promote: {path, version, tuning_run: result.run_id, changes: diff}})
  return {
    data: {path, promoted: true, version, refusals, changes: diff},
    text: [
      `${path}: version ${version}, signed`,
      ...diff.map(renderChange),
      'take it back: ep23 rag:rollback --why REASON',
    ],
  }
}

function refused(path: string, refusals: string[]): CommandResult<PromotionData> {
  return {
    data: {path, promoted: false, version: null, refusals, changes: []},
    text: ['not promoted, nothing was written:', ...refusals.map(refusal => `  ✖ ${refusal}`)],
    exit: EXIT.gateFailed,
  }
}
