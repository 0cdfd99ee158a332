import {readFile} from 'node:fs/promises'
import {existsSync, statSync} from 'node:fs'
import {join, resolve} from 'node:path'
import {isOwnPage, type PageAssets, pageAssets} from '@ep23/report'
import {assertReplaceable, type CommandResult, type Runtime, usageError, writeFileAtomically} from '@ep23/sdk'
import {readConfigFile, readHistory} from '../adapters/config-files.js'
import {isSignedBy} from '../adapters/owner-key.js'
import {canaryOf} from '../domain/canary.js'
import {type ConfigValue, diffValues, valueOf} from '../domain/config-keys.js'
import {verifyConfig} from '../usecases/verify-config.js'
import {renderTuningReport} from '../usecases/report/render-report.js'
import type {PromotionOutlook} from '../usecases/report/report-source.js'
import {baseHash, judgePromotion} from '../usecases/judge-promotion.js'
import type {TuningResult} from '../domain/tuning-result.js'
import {configPath} from './config-in-force.js'
import {pastTunings, readRun} from './tuning-runs.js'
import {readTested} from '../adapters/tuning-folder.js'
import type {ReportFlags} from '../flags.js'
import {message} from '../words/words.js'

export interface ReportData {
  path: string
  bytes: number
  /** Of the tuning run. */
  run_id: string
  /** Whether `rag:promote` would promote it now. */
  promotable: boolean
  past_runs: number
}

/** Writes the owner's report of a tuning run, beside its result unless told otherwise. */
export async function writeReport(
  runtime: Runtime,
  flags: ReportFlags,
  run: string,
): Promise<CommandResult<ReportData>> {
  const result = await readRun(runtime, run)
  const path = resolve(flags.output ?? join(result.folder, 'report.html'))
  if (flags.output?.trim() === '' || (existsSync(path) && statSync(path).isDirectory()))
    throw usageError(message('outputIsFolder', {path}), [message('nameFileAs', {file: join(path, 'report.html')})])
  await assertReplaceable(path, isOwnPage)
  const tested = await readTested(result.folder)
  const outlook = await outlookOf(runtime, flags, result)
  const past = await pastTunings(runtime)
  const page = renderTuningReport({result, tested, past, outlook}, await tuningReportAssets(), runtime.settings.lang)
  const bytes = await writeFileAtomically(path, page)
  const promotable = outlook.refusals.length + outlook.findings.length === 0
  return {
    data: {path, bytes, run_id: result.run_id, promotable, past_runs: past.length},
    text: [message('reportAt', {path})],
  }
}

/** As `rag:promote` decides, but for the key: everybody may read what would happen. */
async function outlookOf(
  {clock, settings}: Runtime,
  flags: ReportFlags,
  result: TuningResult,
): Promise<PromotionOutlook> {
  const path = configPath(flags, settings)
  const config = await readConfigFile(path)
  const {findings} = verifyConfig(config, await readHistory(path), isSignedBy)
  const mostVarianceRatio = valueOf(config.values, 'reranker.adaptive_threshold') as number
  const after = new Map<string, ConfigValue>([...config.values, ...Object.entries(result.best)])
  return {
    config: path,
    changes: diffValues(config.values, after),
    canary: canaryOf(config.values)?.percent ?? null,
    findings,
    mostVarianceRatio,
    refusals: judgePromotion(result, {
      mostVarianceRatio,
      mostAgeDays: flags['max-age-days'],
      now: clock.now(),
      baseSha256: baseHash(config.values),
    }),
  }
}

/** The page's own style. */
export async function tuningReportAssets(): Promise<PageAssets> {
  return pageAssets({style: await readFile(new URL('../../assets/report.css', import.meta.url), 'utf8')})
}
