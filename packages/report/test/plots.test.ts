import {differenceChart} from '#src/charts.js'
import {axisOver, intervalPlot} from '#src/scatter-plot.js'
import {expect} from 'chai'

const numbersOf = (svg: string, name: string): number[] =>
  Array.from(svg.matchAll(new RegExp(` ${name}="([^"]*)"`, 'gu')), ([, value]) => Number(value))

describe('plots', () => {
  it('draw gains up and losses down from one line', () => {
    const svg = differenceChart([
      {name: 'a', difference: 0.5},
      {name: 'b', difference: 0},
      {name: 'c', difference: -0.25},
    ]).html
    expect(svg.match(/<rect/gu)).to.have.length(2)
    expect(numbersOf(svg, 'height')).to.deep.equal([100, 50])
    expect(svg).to.include('a: +0.500').and.include('c: −0.250')
  })

  it('have round ticks and room for every value', () => {
    for (const values of [[0], [0.81, 0.92], [4000, 4000], [1e-7, 3e-7]]) {
      const axis = axisOver(values, {least: 1e-8})
      expect(axis.low).to.be.at.most(Math.min(...values))
      expect(axis.high).to.be.at.least(Math.max(...values))
      for (const {at, label} of axis.ticks) expect(Number(label)).to.be.closeTo(at, axis.high * 1e-9)
    }
    expect(axisOver([0.81, 0.92], {least: 0.02}).ticks.map(({label}) => label)).to.deep.equal([
      '0.825',
      '0.850',
      '0.875',
      '0.900',
    ])
  })

  it('put points with their intervals into the axes', () => {
    const axis = axisOver([0, 1], {least: 0.1})
    const y = {estimate: 0.5, low: 0, high: 1}
    const svg = intervalPlot({
      x: axis,
      y: axis,
      xName: 'x',
      yName: 'y',
      points: [{x: 0.5, y, label: '1', title: 't', kind: 'best'}],
    }).html
    expect(numbersOf(svg, 'cx')).to.deep.equal([200])
    expect(numbersOf(svg, 'cy')).to.deep.equal([115])
  })
})
