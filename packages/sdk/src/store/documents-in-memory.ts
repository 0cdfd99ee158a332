import {compareValues, matches, valueAt} from './filter-match.js'
import {checkFieldPath, checkFindOptions, filterClauses} from './filter.js'
import type {Filter, FindOptions, Tally} from './store.js'
import {TallyGroups} from './tally-groups.js'

/** What a collection's `find` gives of these documents. */
export function findAmong<T extends object>(
  documents: readonly T[],
  filter: Filter = {},
  options: FindOptions = {},
): T[] {
  checkFindOptions(options)
  const found = matching(documents, filter)
  for (const [field, direction] of Object.entries(options.sort ?? {}).toReversed())
    found.sort((left, right) => direction * compareValues(valueAt(left, field), valueAt(right, field)))
  return found.slice(0, options.limit)
}

/** What a collection's `tally` gives of these documents. */
export function tallyOf(
  documents: readonly object[],
  filter: Filter,
  {texts, date}: {texts: readonly string[]; date: string},
): Tally[] {
  for (const field of [...texts, date]) checkFieldPath(field)
  const groups = new TallyGroups(texts)
  for (const document of matching(documents, filter))
    groups.add(
      texts.map(field => valueAt(document, field) ?? null),
      valueAt(document, date) instanceof Date,
    )
  return groups.all
}

function matching<T extends object>(documents: readonly T[], filter: Filter): T[] {
  const clauses = filterClauses(filter)
  return documents.filter(document => matches(clauses, document))
}
