import type {Place} from '../src/domain/view-data.js'

export interface Mark {
  place: Place
  class: string
  title?: string
  /** Where the same words stand in the other text. */
  to?: number
}

/** Text with marks over places of it; where marks overlap, the text has the classes of all. */
export function MarkedText({
  text,
  from = 0,
  to = text.length,
  marks,
}: {
  text: string
  from?: number
  to?: number
  marks: readonly Mark[]
}) {
  const here = marks.filter(({place: [start, end]}) => start < to && end > from)
  const borders = [...new Set([from, to, ...here.flatMap(({place}) => [...place])])]
    .filter(border => border >= from && border <= to)
    .sort((a, b) => a - b)
  const pieces = borders.slice(0, -1).map((start, index) => {
    const end = borders[index + 1] ?? to
    const over = here.filter(({place}) => place[0] <= start && place[1] >= end)
    const piece = text.slice(start, end)
    if (over.length === 0) return piece
    return (
      <mark
        key={start}
        data-at={start}
        data-to={over.find(({to: there}) => there !== undefined)?.to}
        class={over.map(mark => mark.class).join(' ')}
        title={over.find(({title}) => title)?.title}
      >
        {piece}
      </mark>
    )
  })
  return <>{pieces}</>
}

/** A click on words that both texts have shows them in the other one. */
export function followMark(event: MouseEvent): void {
  const clicked = (event.target as Element).closest<HTMLElement>('mark[data-to]')
  if (clicked && !(event.target as Element).closest('a'))
    jumpTo(clicked.closest('.posts') ? '.digest' : '.posts', [Number(clicked.dataset['to']), Infinity])
}

/** Brings into sight the first mark over a place of a text. @param within selector of the text */
export function jumpTo(within: string, [start, end]: Place): void {
  // Where markup begins a place, its mark begins behind it.
  const isThere = (mark: HTMLElement) => Number(mark.dataset['at']) >= start && Number(mark.dataset['at']) < end
  const marks = document.querySelectorAll<HTMLElement>(`${within} [data-at]`)
  ;[...marks].find(isThere)?.scrollIntoView({block: 'center'})
}
