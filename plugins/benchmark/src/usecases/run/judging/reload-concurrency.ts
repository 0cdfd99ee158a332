import {RUN_FILES} from '../../../domain/run-files.js'
import type {RunDeps} from '../run-deps.js'
import type {RunRequest} from '../run-request.js'
import type {Semaphore} from './semaphore.js'

const MOST = 256

interface Retuned {
  slots: Semaphore
  /** Called for what cannot be done. */
  tell: (sentence: string) => void
}

/**
 * While it runs, a number written into the file `concurrency` of the run's folder changes how many samples are judged at once. A
 * judge that computes has nothing to change. @returns what ends the watching
 */
export function reloadConcurrency({folder, logger}: RunDeps, request: RunRequest, {slots, tell}: Retuned): () => void {
  const {judge, answers} = request
  if (judge.concurrency === undefined && answers?.writer.concurrency === undefined) return () => undefined
  return folder.watch(RUN_FILES.concurrency, text => {
    const asked = Number(text.trim() || Number.NaN)
    if (!Number.isInteger(asked) || asked < 1 || asked > MOST)
      return tell(
        `${RUN_FILES.concurrency}: "${text.trim().slice(0, 40)}" is no whole number from 1 to ${MOST}, nothing changed`,
      )
    slots.resize(asked)
    judge.retune?.(asked)
    answers?.writer.retune?.(asked)
    logger.info({concurrency: asked}, 'concurrency changed')
  })
}
