import {Ep23Error, EXIT, type Store} from '@ep23/sdk'

import {runMetricsIn} from './run-metrics.js'
import {foldedRunIds, latestTotals, totalsOf, type TotalsDocument} from './stored-metrics.js'
import {addSamples, type Totals} from './totals.js'

// Each failed attempt means that somebody folded up to a thousand runs meanwhile.
const ATTEMPTS = 10

/**
 * All metrics over all runs of all processes, exactly, also while others write, fold and delete (see `foldRuns` for
 * why). Reading again can only give more, so a counter never falls.
 * @throws code `METRICS_BUSY`, exit 75, when the runs are being folded faster than they can be read.
 */
export async function readTotals(store: Store, now = new Date()): Promise<Totals> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await latestTotals(store)
    const totals = await addUnfolded(store, before, now)
    const after = await latestTotals(store)
    if (before?.fold_id === after?.fold_id) return totals
  }
  throw new Ep23Error(`the metrics in ${store.location} are being folded faster than they can be read`, {
    code: 'METRICS_BUSY',
    exit: EXIT.tryAgain,
    suggestions: ['try again in a moment'],
  })
}

async function addUnfolded(store: Store, latest: TotalsDocument | undefined, now: Date): Promise<Totals> {
  const totals = totalsOf(latest, now)
  const folded = foldedRunIds(latest)
  // In order of time, so that a label with too many values admits the same ones at every reading.
  for await (const run of runMetricsIn(store).find({}, {sort: {recorded_at: 1, run_id: 1}}))
    if (!folded.has(run.run_id)) addSamples(totals, run.samples, now)
  return totals
}
