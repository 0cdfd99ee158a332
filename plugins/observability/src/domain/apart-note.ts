import type {SpanNode} from './span-tree.js'

/** Why this span stands apart from its parent, for readers; undefined for one that does not. */
export function apartNote({apart, span}: SpanNode): string | undefined {
  const parent = span.parent_span_id
  if (apart === 'parent') return `its parent ${parent} is not stored`
  if (apart === 'circle') return `its parents name each other in a circle, beginning with ${parent}`
  return apart === 'depth' ? `continues below ${parent}` : undefined
}
