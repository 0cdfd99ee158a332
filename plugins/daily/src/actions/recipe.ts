import {readFile} from 'node:fs/promises'
import {resolve} from 'node:path'

import {assertReplaceable, type CommandResult, type Language, writeFileAtomically} from '@ep23/sdk'

const FOLDER = new URL('../../assets/recipes/', import.meta.url)

/** The files of each way to run `ep23 daily` every morning. */
const FILES = {
  systemd: ['ep23-daily.service', 'ep23-daily.timer'],
  cron: ['ep23-daily.cron'],
  github: ['ep23-daily.github.yml'],
  gitlab: ['ep23-daily.gitlab-ci.yml'],
} as const

export type RecipeName = keyof typeof FILES

/** `ep23 daily:recipe --json`. */
export interface RecipeReport {
  recipe: string
  files: {name: string; text: string; path: string | null}[]
}

/** `ep23 daily:recipe`: prints the files, or writes them into a folder, with comments in a person's language. */
export async function recipe(
  name: RecipeName,
  output: string | undefined,
  language: Language,
): Promise<CommandResult<RecipeReport>> {
  const folder = language === 'ru' ? new URL('ru/', FOLDER) : FOLDER
  const files = await Promise.all(
    FILES[name].map(async file => ({name: file, text: await readFile(new URL(file, folder), 'utf8')})),
  )
  const placed = files.map(file => ({...file, path: output === undefined ? null : resolve(output, file.name)}))
  // Times and paths in them are changed by hand.
  const written = placed.flatMap(({path, text: content}) => (path === null ? [] : [{path, content}]))
  for (const {path, content} of written) await assertReplaceable(path, beginning => beginning.toString() === content)
  for (const {path, content} of written) await writeFileAtomically(path, content)
  const text = placed.map(file => file.path ?? file.text.trimEnd())
  return {data: {recipe: name, files: placed}, text}
}
