import {requireFinite, requireSome} from '../measurement.js'
import {DEFAULT_CONFIDENCE, type Estimate, studentInterval} from './interval.js'

/** One thing that a model scored. */
export interface Predicted {
  prediction: number
  /** Things of one cluster (a source's) are correlated; each stands alone where it has none. */
  cluster?: string
  /** How many things it stands for: 1/π of its probability to be taken. 1 unless told. */
  weight?: number
}

/** One that people scored, too. */
export interface LabelledPrediction extends Predicted {
  label: number
}

/** The mean of people's labels over all things. */
export interface PredictionPoweredMean extends Estimate {
  /** How far the predictions are relied on: 0 leaves the labels' own mean, 1 takes the predictions' mean and only corrects its bias. */
  lambda: number
  /** Of the labels alone, in the same manner. */
  labelsAlone: Estimate
  /** Mean of label − prediction: what the model gets wrong on average. */
  bias: number
}

interface Sample {
  values: readonly number[]
  shares: readonly number[]
  clusters: readonly string[]
}

/**
 * What people would say of all things, from few labels and many predictions: θ = Ȳ_n + λ (f̄_N − f̄_n) with
 * λ = Cov_n(Y, f) / ((1 + n/N) Var(f)) cut to 0 … 1 (PPI++, Angelopoulos, Duchi and Zrnic 2023, arXiv 2311.01453). Wrong predictions
 * make it no worse than the labels alone; good ones make it narrower. Variance: sums of its influence values over clusters, labelled
 * and unlabelled things of a cluster together; Student's t with the labelled clusters' degrees of freedom, G − 1.
 * Weights make both means Hájek's (1971): Σ w y / Σ w.
 * @param unlabelled without those that have a label
 * @throws RangeError for no labels, or a number that is not finite
 * @example predictionPoweredMean([{label: 1, prediction: 1}, {label: 3, prediction: 3}], [{prediction: 5}, {prediction: 5}]).estimate // 2.409
 */
export function predictionPoweredMean(
  labelled: readonly LabelledPrediction[],
  unlabelled: readonly Predicted[],
  confidence = DEFAULT_CONFIDENCE,
): PredictionPoweredMean {
  requireSome(labelled, 'labelled')
  for (const [i, {label}] of labelled.entries()) requireFinite(label, `labelled[${i}].label`)
  for (const [i, {prediction}] of [...labelled, ...unlabelled].entries()) requireFinite(prediction, `predictions[${i}]`)
  const labels = sampleOf(labelled, row => row.label, 'l')
  const own = sampleOf(labelled, row => row.prediction, 'l')
  const rest = sampleOf(unlabelled, row => row.prediction, 'u')
  const lambda = unlabelled.length === 0 ? 0 : reliance(labels, own, rest)
  const corrected = {...labels, values: labels.values.map((label, i) => label - lambda * (own.values[i] ?? 0))}
  const estimate = meanOf(corrected) + lambda * (rest.values.length === 0 ? 0 : meanOf(rest))
  const counts = {measured: labelled.length, unmeasured: unlabelled.length}
  const spread = spreadOf([corrected, 1], [rest, lambda])
  return {
    ...studentInterval(counts, estimate, spread, confidence),
    method: 'cluster-t',
    clusters: spread.degreesOfFreedom + 1,
    lambda,
    labelsAlone: alone(labels, confidence),
    bias: meanOf(labels) - meanOf(own),
  }
}

function sampleOf<R extends Predicted>(rows: readonly R[], valueOf: (row: R) => number, side: string): Sample {
  const weights = rows.map(({weight = 1}) => weight)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return {
    values: rows.map(valueOf),
    shares: weights.map(weight => weight / total),
    clusters: rows.map(({cluster}, i) => cluster ?? `\u0000${side}${i}`),
  }
}

function meanOf({values, shares}: Sample): number {
  return values.reduce((sum, value, i) => sum + value * (shares[i] ?? 0), 0)
}

/** The λ with the least variance, cut to 0 … 1; 0 where predictions do not vary. */
function reliance(labels: Sample, own: Sample, rest: Sample): number {
  const [n, centre, centreOfLabels] = [own.values.length, meanOf(own), meanOf(labels)]
  const covariance = own.values.reduce(
    (sum, value, i) => sum + (own.shares[i] ?? 0) * (value - centre) * ((labels.values[i] ?? 0) - centreOfLabels),
    0,
  )
  const all = [...own.values, ...rest.values]
  const middle = all.reduce((sum, value) => sum + value, 0) / all.length
  const variance = all.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (all.length - 1)
  if (variance === 0) return 0
  return Math.min(1, Math.max(0, covariance / ((1 + n / rest.values.length) * variance)))
}

/** Of a sum of means: influence values add up within a cluster, whichever sample they are of. */
function spreadOf(...parts: readonly (readonly [sample: Sample, factor: number])[]) {
  const sums = new Map<string, number>()
  for (const [sample, factor] of parts) {
    const centre = sample.values.length === 0 ? 0 : meanOf(sample)
    for (const [i, value] of sample.values.entries()) {
      const cluster = sample.clusters[i] ?? ''
      sums.set(cluster, (sums.get(cluster) ?? 0) + factor * (sample.shares[i] ?? 0) * (value - centre))
    }
  }
  const clusters = new Set(parts[0]?.[0].clusters).size
  const squares = [...sums.values()].reduce((sum, value) => sum + value ** 2, 0)
  const standardError = clusters < 2 ? undefined : Math.sqrt((squares * clusters) / (clusters - 1))
  return {standardError, degreesOfFreedom: clusters - 1}
}

function alone(labels: Sample, confidence: number): Estimate {
  const spread = spreadOf([labels, 1])
  const counts = {measured: labels.values.length, unmeasured: 0}
  return {
    ...studentInterval(counts, meanOf(labels), spread, confidence),
    method: 'cluster-t',
    clusters: spread.degreesOfFreedom + 1,
  }
}
