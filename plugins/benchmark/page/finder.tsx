import {ONE_RUN} from './load.js'
import {go} from './route.js'
import {useSpeech} from './words.js'

let isAwaited = false

/** What the key "/" does: the field takes the cursor, on another page once that is drawn. */
export function startFinding(): void {
  const field = document.querySelector<HTMLInputElement>('#filter')
  if (field) field.focus()
  else {
    isAwaited = true
    go(ONE_RUN === undefined ? '/runs' : `/run/${ONE_RUN}`)
  }
}

interface FinderProps {
  word: string
  value: string
  onFind: (value: string) => void
}

/** The field by which a page's list is narrowed. */
export function Finder({word, value, onFind}: FinderProps) {
  const {say} = useSpeech()
  return (
    <input
      id="filter"
      type="search"
      aria-label={say(word)}
      placeholder={say(word)}
      value={value}
      ref={field => {
        if (!field || !isAwaited) return
        isAwaited = false
        field.focus()
      }}
      onInput={event => onFind(event.currentTarget.value)}
    />
  )
}
