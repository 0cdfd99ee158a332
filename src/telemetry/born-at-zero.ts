import type {MetricSample} from './metric-sample.js'
import {identity} from './totals.js'

/**
 * Shows a counter or histogram that is new since the last time at zero once, so that its first value is an increase: a
 * series that a scraper first sees at 30 has an `increase()` of 0, for ever. What is there at the first time is shown as
 * it is, so that no counter falls when its exposer is restarted.
 */
export function createBirths(): (samples: readonly MetricSample[]) => MetricSample[] {
  const known = new Set<string>()
  let isFirst = true
  return samples => {
    const shown = samples.map(sample => (isFirst || known.has(identity(sample)) ? sample : atZero(sample)))
    for (const sample of samples) known.add(identity(sample))
    isFirst = false
    return shown
  }
}

function atZero(sample: MetricSample): MetricSample {
  if (sample.kind === 'gauge') return sample
  if (sample.kind === 'counter') return {...sample, value: 0}
  return {...sample, counts: sample.counts.map(() => 0), sum: 0}
}
