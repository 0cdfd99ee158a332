/** What each rule demands, by the name under which a finding is reported. */
export const POLICY_DEMANDS: Readonly<Record<string, string>> = {
  'declaration-shape':
    'A declaration has kind (counter, gauge or histogram), name, help, unit and labels ({} for none).',
  'metric-name': 'The name is snake_case and begins with a prefix: dataset_seed_runs_total.',
  'reserved-name':
    'The name does not end in a word that Prometheus adds itself (_count, _sum, _bucket) or that repeats the kind.',
  'counter-total': 'Counters end in _total, and nothing else does.',
  'base-unit': 'Values are in base units, written out: seconds, bytes, ratio; never milliseconds or percent.',
  'unit-suffix': 'A metric in seconds, bytes or a ratio ends in that unit, and a name that ends so has that unit.',
  'unit-name': 'The unit is a lower-case word, such as seconds or documents.',
  'ratio-kind': 'Ratios do not add up, so no counter is a ratio: use a gauge or a histogram.',
  'help-text': 'The help is a sentence: a capital letter at the beginning, a full stop at the end.',
  'label-taxonomy': 'Only labels of the taxonomy are used; a new one is a decision, made in the policy.',
  'label-values': 'Each label has a closed list of distinct values, or says how many it may take at most.',
  'cardinality-bound': 'All combinations of label values together stay within the budget of series for one metric.',
  'histogram-buckets':
    'Histograms, and only they, have buckets: finite, ascending, not more than can be chosen with reason.',
  'unique-name': 'A plugin declares each name once.',
  'one-owner': 'A name belongs to the plugin that declares it first; no other plugin uses it, whatever the kind.',
  'same-declaration': 'Two copies of a declaration have the same kind, unit, labels and buckets.',
  'runtime-runs': 'The runtime starts, works and ends with exit code 0.',
  'runtime-metric': 'The runtime shows every metric that is required of it.',
  'runtime-log-field': 'Every log line of the runtime has all required fields.',
  'runtime-span': "The runtime's trace has every required span.",
}
