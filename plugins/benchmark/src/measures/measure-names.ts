interface MeasureDefinition {
  /** Raised whenever the same input would give another number. */
  version: number
  /** Settings that are part of the measure's definition. */
  parts: Readonly<Record<string, string | number>>
}

const PLAIN: MeasureDefinition = {version: 1, parts: {}}
const CHRF = {nc: 6, beta: 2, eff: 'yes', space: 'no'}

/** Every measure that carries a signature, under the name it has in reports. */
export const MEASURES = {
  rouge1: PLAIN,
  rouge2: PLAIN,
  rouge3: PLAIN,
  rougeL: PLAIN,
  rougeLsum: PLAIN,
  chrf: {version: 1, parts: {...CHRF, nw: 0}},
  'chrf++': {version: 1, parts: {...CHRF, nw: 2}},
  extractive_coverage: PLAIN,
  extractive_density: PLAIN,
  compression: PLAIN,
  distinct2: PLAIN,
  distinct3: PLAIN,
  repeated_trigram_share: PLAIN,
  sentence_redundancy: PLAIN,
  self_bleu: {version: 1, parts: {n: 4, smooth: 'method1'}},
  number_faithfulness: PLAIN,
  entity_faithfulness: PLAIN,
  url_faithfulness: PLAIN,
  fact_coverage: PLAIN,
  posts_covered: PLAIN,
  cyrillic_share: PLAIN,
  markdown_problems: PLAIN,
  flesch_ru: {version: 1, parts: {formula: 'oborneva'}},
} as const satisfies Record<string, MeasureDefinition>

export type MeasureName = keyof typeof MEASURES
