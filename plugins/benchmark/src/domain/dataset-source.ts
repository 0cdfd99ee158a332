export interface DatasetProof {
  by: 'manifest' | 'store' | 'nothing'
  /** The manifest's file, beside the dataset. */
  manifest: string | null
}

/** Where records come from, in the order of an export. */
export interface DatasetSource {
  kind: 'store' | 'file'
  location: string
  exporter: string
  /**
   * What stands behind the records: the manifest beside a file, whose every word was computed again; none; or the store itself.
   * @throws Ep23Error BENCHMARK_DATASET_CHANGED (65) naming the record that is not what the manifest says
   */
  prove(): Promise<DatasetProof>
  /** `place` names a record in errors. */
  records(): AsyncIterable<{record: unknown; place: string}>
}
