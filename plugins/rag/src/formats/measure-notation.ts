import {usageError, ownField, type Message} from '@ep23/sdk'

import {GAIN_FORMS} from '../measures/ranking/gain.js'
import {
  MEASURES,
  type Measure,
  type MeasureName,
  type MeasureParameters,
  PARAMETER_DEFAULTS,
  type ParameterName,
} from '../measures/ranking/measure.js'
import {message} from '../words/words.js'

const ALIASES: Readonly<Record<string, MeasureName>> = {NDCG: 'nDCG', MRR: 'RR', MAP: 'AP', Precision: 'P', Recall: 'R'}

const NOTATION = /^(?<name>[A-Za-z_]+)(?:\((?<parameters>[^()]*)\))?(?:@(?<cutoff>\d+))?$/

/**
 * Reads the notation of ir_measures (MacAvaney et al. 2022): `nDCG@10`, `P(rel=2)@5`, `RR`, `nDCG(dcg='exp-log2')@10`,
 * `RBP(p=0.8)`. `RBP` alone means p = 0.9.
 * @throws Ep23Error USAGE naming the part that is wrong and what it may be.
 */
export function parseMeasure(notation: string): Measure {
  const {name = '', parameters, cutoff} = NOTATION.exec(notation.replaceAll(' ', ''))?.groups ?? {}
  const known = ownField(ALIASES, name) ?? name
  if (!isMeasureName(known)) throw unknownMeasure(notation)
  return {
    name: known,
    ...PARAMETER_DEFAULTS,
    ...readParameters(notation, known, parameters),
    ...readCutoff(notation, known, cutoff),
  }
}

/** The shortest notation that `parseMeasure` reads back as the same measure; `RBP` always shows its p. */
export function printMeasure(measure: Measure): string {
  const shown = MEASURES[measure.name].parameters.filter(
    name => name === 'p' || measure[name] !== PARAMETER_DEFAULTS[name],
  )
  const parameters = shown.map(name => `${name}=${name === 'dcg' ? `'${measure[name]}'` : measure[name]}`)
  const cutoff = measure.cutoff === undefined ? '' : `@${measure.cutoff}`
  return `${measure.name}${parameters.length > 0 ? `(${parameters.join(',')})` : ''}${cutoff}`
}

function isMeasureName(name: string): name is MeasureName {
  return Object.hasOwn(MEASURES, name)
}

function unknownMeasure(notation: string): Error {
  return usageError(message('notMeasure', {notation}), [
    message('measuresAre', {measures: Object.keys(MEASURES).join(', ')}),
  ])
}

function readCutoff(notation: string, name: MeasureName, cutoff: string | undefined): {cutoff?: number} {
  if (cutoff === undefined) {
    if (!MEASURES[name].needsCutoff) return {}
    throw usageError(message('needsCutoff', {notation, name}))
  }
  const ranks = Number(cutoff)
  if (ranks < 1 || !Number.isSafeInteger(ranks)) throw usageError(message('cutoffWhole', {notation}))
  return {cutoff: ranks}
}

function readParameters(
  notation: string,
  name: MeasureName,
  parameters: string | undefined,
): Partial<MeasureParameters> {
  const allowed: readonly string[] = MEASURES[name].parameters
  const values: Partial<MeasureParameters> = {}
  for (const assignment of parameters ? parameters.split(',') : []) {
    const [, key = '', value = ''] = /^([^=]*)=?(.*)$/.exec(assignment) ?? []
    if (!allowed.includes(key)) throw usageError(message('measureHas', {notation, name, allowed: listed(allowed), key}))
    Object.assign(values, {[key]: PARAMETER_READERS[key as ParameterName](notation, value)})
  }
  return values
}

function listed(allowed: readonly string[]): Message {
  return allowed.length === 0 ? message('noParameters') : message('theParameters', {parameters: allowed.join(', ')})
}

const PARAMETER_READERS: {[Name in ParameterName]: (notation: string, value: string) => MeasureParameters[Name]} = {
  rel(notation, value) {
    if (!/^-?\d+$/.test(value)) throw usageError(message('relWhole', {notation, value}))
    return Number(value)
  },
  p(notation, value) {
    const p = value === '' ? Number.NaN : Number(value)
    if (!(p > 0 && p < 1)) throw usageError(message('pBetween', {notation, value}))
    return p
  },
  dcg(notation, value) {
    const form = GAIN_FORMS.find(form => form === value.replace(/^(['"])(.*)\1$/, '$2'))
    if (form === undefined) throw usageError(message('dcgIs', {notation, forms: GAIN_FORMS.join(', '), value}))
    return form
  },
}
