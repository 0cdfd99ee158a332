/** Where records come from, in the order of an export. */
export interface DatasetSource {
  kind: 'store' | 'file'
  location: string
  exporter: string
  /** `place` names a record in errors. */
  records(): AsyncIterable<{record: unknown; place: string}>
}
