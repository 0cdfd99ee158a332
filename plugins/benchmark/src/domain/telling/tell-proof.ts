import type {DatasetFacts} from '../run-result.js'
import type {Told} from './told.js'

/** Of a file without a manifest beside it: whoever changed a word of it left no trace. */
export function tellUnproven({proof}: Partial<Pick<DatasetFacts, 'proof'>>): Told[] {
  // Runs of an ep23 that did not look have none.
  if (proof?.by !== 'nothing') return []
  return [
    {
      ru: 'Данные не доказаны: рядом с файлом нет манифеста',
      en: 'the dataset is unproven: there is no manifest beside the file',
    },
  ]
}
