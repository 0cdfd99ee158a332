import type {DefaultTreeAdapterTypes} from 'parse5'

type Node = DefaultTreeAdapterTypes.Node
export type HtmlElement = DefaultTreeAdapterTypes.Element

/** The tree that a browser builds of a page, however broken its markup is. The parser is loaded when a page is read. */
export async function htmlTree(html: string): Promise<Node> {
  const {parse} = await import('parse5')
  return parse(html)
}

export function childElements(node: Node): HtmlElement[] {
  return 'childNodes' in node ? node.childNodes.filter(child => 'tagName' in child) : []
}

export function attribute(element: HtmlElement, name: string): string | undefined {
  return element.attrs.find(each => each.name === name)?.value
}

export function hasClass(element: HtmlElement, name: string): boolean {
  return attribute(element, 'class')?.split(/\s+/u).includes(name) ?? false
}

/**
 * The outermost elements below a node for which `isWanted` holds, in the order of the page. Not searched: what lies below an
 * element that was found, or that `isClosed` holds for.
 */
export function outermost(
  node: Node,
  isWanted: (element: HtmlElement) => boolean,
  isClosed: (element: HtmlElement) => boolean = () => false,
): HtmlElement[] {
  return childElements(node).flatMap(child => {
    if (isWanted(child)) return [child]
    return isClosed(child) ? [] : outermost(child, isWanted, isClosed)
  })
}

/** The first element with this class below a node. */
export function firstOfClass(node: Node, name: string): HtmlElement | undefined {
  for (const child of childElements(node)) {
    const found = hasClass(child, name) ? child : firstOfClass(child, name)
    if (found !== undefined) return found
  }
  return undefined
}

/** The characters of a node, on one line. */
export function plainTextOf(node: Node): string {
  if ('value' in node) return node.value
  return 'childNodes' in node ? node.childNodes.map(plainTextOf).join('') : ''
}
