import {Ep23Error, EXIT, LABEL_VALUE_LENGTH, OTHER_LABEL_VALUE, type LabelBound, type MetricSpec} from '@ep23/sdk'

import type {LabelValues} from './metric-sample.js'
import {message} from '../words/words.js'

/** Brings the labels of a record within what the metric declares. */
export type LabelGuard = (labels: LabelValues) => LabelValues

/**
 * Wrong label names are a mistake in the code and are refused (code `METRIC_RECORD`). Values come from data: one
 * outside the declared set, or beyond the first `atMost` different ones of this process, is recorded as `other` and
 * reported to `onDropped`, so that no input can make a metric grow without bound.
 */
export function createLabelGuard({name, labels: bounds}: MetricSpec, onDropped: () => void): LabelGuard {
  const names = Object.keys(bounds).toSorted()
  const admitters = names.map(label => createAdmitter(bounds[label] ?? []))
  return labels => {
    refuseWrongNames(name, names, labels)
    const values = names.map((label, index) => {
      const value = String(labels[label]).toWellFormed()
      if (admitters[index]?.(value)) return value
      onDropped()
      return OTHER_LABEL_VALUE
    })
    return Object.fromEntries(names.map((label, index) => [label, values[index] ?? OTHER_LABEL_VALUE]))
  }
}

function refuseWrongNames(metric: string, names: readonly string[], labels: LabelValues): void {
  const given = Object.keys(labels)
  if (given.length === names.length && names.every(label => labels[label] !== undefined)) return
  throw new Ep23Error(message('otherLabels', {metric, names: names.join(', '), given: given.join(', ')}), {
    code: 'METRIC_RECORD',
    exit: EXIT.unexpected,
    suggestions: [message('declaredLabels')],
  })
}

function createAdmitter(bound: LabelBound): (value: string) => boolean {
  if (!('atMost' in bound)) {
    const closed = new Set(bound)
    return value => closed.has(value)
  }
  const seen = new Set<string>()
  return value => {
    if (value === OTHER_LABEL_VALUE || seen.has(value)) return true
    // An empty value means "no such label" to Prometheus, so it cannot stand for something.
    if (value === '' || value.length > LABEL_VALUE_LENGTH || seen.size >= bound.atMost) return false
    seen.add(value)
    return true
  }
}
