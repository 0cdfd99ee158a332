import {expect} from 'chai'
import * as fc from 'fast-check'

import {MOST_LEVELS, spanTrees, type SpanNode} from '#src/domain/span-tree.js'
import {spanOf} from '../sample/span-of.ts'

/** Each tree as `root(child(…) child)`, with why it stands apart. */
function drawn(nodes: readonly SpanNode[]): string[] {
  const shape = ({span, children}: SpanNode): string =>
    children.length === 0 ? span.name : `${span.name}(${children.map(shape).join(' ')})`
  return nodes.map(node => `${node.apart ? `${node.apart}: ` : ''}${shape(node)}`)
}

function all(nodes: readonly SpanNode[]): SpanNode[] {
  return nodes.flatMap(node => [node, ...all(node.children)])
}

const levels = ({children}: SpanNode): number => 1 + children.reduce((most, child) => Math.max(most, levels(child)), 0)

describe('the trees of a trace', () => {
  it('hang spans below their parents, in the order of their starts', () => {
    const spans = [spanOf(3, 1), spanOf(1, null), spanOf(2, 1), spanOf(4, 2)]
    expect(drawn(spanTrees(spans))).to.deep.equal(['s1(s2(s4) s3)'])
  })

  it('begin with spans whose parents are not stored, and say so', () => {
    expect(drawn(spanTrees([spanOf(1, null), spanOf(2, 99), spanOf(3, 2)]))).to.deep.equal(['s1', 'parent: s2(s3)'])
  })

  it('draw spans that name each other as parents, the earliest first', () => {
    const spans = [spanOf(1, null), spanOf(2, 4), spanOf(3, 2), spanOf(4, 3), spanOf(5, 3), spanOf(6, 6)]
    expect(drawn(spanTrees(spans))).to.deep.equal(['s1', 'circle: s2(s3(s4 s5))', 'circle: s6'])
  })

  it('break off what is too deep and go on with it', () => {
    const chain = Array.from({length: 20_000}, (_, index) => spanOf(index + 1, index === 0 ? null : index))
    const trees = spanTrees(chain)
    expect(trees).to.have.length(Math.ceil(20_000 / MOST_LEVELS))
    expect(trees.map(({apart}) => apart).slice(0, 3)).to.deep.equal([undefined, 'depth', 'depth'])
    expect(trees.map(levels).every(count => count <= MOST_LEVELS)).to.equal(true)
  })

  it('hold every span once, whatever the spans say about their parents', () => {
    const anyParents = fc.array(fc.option(fc.integer({min: 1, max: 60}), {nil: null}), {maxLength: 50})
    fc.assert(
      fc.property(anyParents, parents => {
        const spans = parents.map((parent, index) => spanOf(index + 1, parent))
        const trees = spanTrees(spans)
        expect(
          all(trees)
            .map(({span}) => span.span_id)
            .toSorted(),
        ).to.deep.equal(spans.map(({span_id}) => span_id).toSorted())
        for (const {apart, span} of trees) expect(apart === undefined).to.equal(span.parent_span_id === null)
      }),
    )
  })
})
