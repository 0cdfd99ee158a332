import {message} from '../words/words.js'
import type {RepositoryFinding} from './repository-finding.js'

/** Russian pages (`x.ru.md`) that are not what their English twins are: by their headings, which no translation leaves out. */
export function translationFindings(pages: ReadonlyMap<string, string>): RepositoryFinding[] {
  return [...pages].flatMap(([file, text]) => {
    const english = pages.get(file.replace(/\.ru\.md$/u, '.md'))
    if (!file.endsWith('.ru.md') || english === undefined) return []
    const [translated, original] = [headingsOf(text), headingsOf(english)]
    if (translated === original) return []
    const detail = message('translationDiffers', {translated, original})
    return [{rule: 'translation' as const, file, line: null, column: null, detail}]
  })
}

function headingsOf(markdown: string): number {
  return markdown.replaceAll(/^```[^]*?^```/gmu, '').match(/^#{1,6} /gmu)?.length ?? 0
}
