import {expect} from 'chai'

import {normalQuantile} from '#src/distribution/normal.js'
import {predictionPoweredMean} from '#src/intervals/prediction-powered-mean.js'

import {expectClose, referenceValues} from '../reference.ts'
import {Simulation} from '../simulated.ts'

interface References {
  means: {labels: number[]; predictions: number[]; others: number[]; estimate: number; low: number; high: number}[]
}

const {means} = referenceValues<References>('preference')
const rowsOf = ({labels, predictions}: Pick<References['means'][number], 'labels' | 'predictions'>) =>
  labels.map((label, i) => ({label, prediction: predictions[i] as number}))

describe('the prediction-powered mean', () => {
  it('is that of ppi-python, and so is its standard error but for n / (n − 1)', () => {
    for (const {others, estimate, low, high, ...own} of means) {
      const n = own.labels.length
      const found = predictionPoweredMean(
        rowsOf(own),
        others.map(prediction => ({prediction})),
      )
      expectClose(found.estimate, estimate)
      const error = (high - low) / 2 / normalQuantile(0.975)
      expectClose((found.standardError ?? NaN) * Math.sqrt((n - 1) / n), error)
    }
  })

  it('is the labels alone where predictions say nothing', () => {
    const labelled = [1, 2, 4, 5].map((label, i) => ({label, prediction: i % 2}))
    const constant = labelled.map(({label}) => ({label, prediction: 3}))
    const found = predictionPoweredMean(constant, [{prediction: 3}, {prediction: 3}])
    expect(found).to.include({lambda: 0, estimate: 3})
    expect(found.low).to.equal(found.labelsAlone.low)
    expect(predictionPoweredMean(labelled, []).estimate).to.equal(3)
  })

  it('is narrower than the labels alone where predictions are good', () => {
    const simulation = new Simulation(7)
    const rows = Array.from({length: 400}, () => {
      const label = 3 + simulation.normal()
      return {label, prediction: label + 0.3 * simulation.normal()}
    })
    const found = predictionPoweredMean(rows.slice(0, 50), rows.slice(50))
    expect(found.standardError).to.be.below(0.6 * (found.labelsAlone.standardError ?? 0))
    expect(found.lambda).to.be.within(0.6, 1)
  })

  it('is wider where rows of a cluster are alike', () => {
    const rows = Array.from({length: 60}, (_, i) => ({label: i % 6, prediction: 0, cluster: `${i % 6}`}))
    const apart = rows.map(({label}) => ({label, prediction: 0}))
    const [clustered, independent] = [predictionPoweredMean(rows, []), predictionPoweredMean(apart, [])]
    expect(clustered.standardError).to.be.above(2 * (independent.standardError ?? 0))
    expect(clustered.clusters).to.equal(6)
  })

  it('undoes unequal chances of being labelled', () => {
    // Low scores were three times as likely to be shown.
    const labelled = [
      ...Array.from({length: 30}, () => ({label: 1, prediction: 0, weight: 1})),
      ...Array.from({length: 10}, () => ({label: 5, prediction: 0, weight: 3})),
    ]
    expect(predictionPoweredMean(labelled, []).estimate).to.be.closeTo(3, 1e-12)
  })

  it('has no interval of one cluster, and no number of nothing', () => {
    expect(predictionPoweredMean([{label: 3, prediction: 3}], []).low).to.equal(undefined)
    expect(() => predictionPoweredMean([], [])).to.throw(RangeError, 'labelled is empty')
    expect(() => predictionPoweredMean([{label: NaN, prediction: 1}], [])).to.throw(RangeError, 'labelled[0].label')
  })
})
