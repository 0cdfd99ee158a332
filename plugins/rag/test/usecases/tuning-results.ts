import type {TrialView, TuningResult} from '#src/domain/tuning-result.js'

/** A setting as it was measured on the test queries. */
export function view(changed: Partial<TrialView> = {}): TrialView {
  return {
    setting: {'retrieval.top_k': 20},
    part: 'test',
    queries: 3,
    measured_at: '2026-11-01T00:00:00.000Z',
    quality: {estimate: 0.9, low: 0.85, high: 0.95},
    variance_ratio: {estimate: 0.02, low: 0.01, high: 0.03},
    rbo: 0.99,
    tau_b: 0.98,
    latency_seconds: {estimate: 0.02, low: 0.015, high: 0.03},
    fallbacks: 1,
    asked: 20,
    ...changed,
  }
}

/** A tuning run whose best setting may be promoted over the configuration with the hash `base`, unless `best` says otherwise. */
export function tuningResult(best: Partial<TrialView> = {}, changed: Partial<TuningResult> = {}): TuningResult {
  return {
    run_id: 'run-1',
    finished_at: '2026-11-01T00:10:00.000Z',
    measured_since: '2026-11-01T00:00:00.000Z',
    folder: '/tune/<monday>',
    measure: 'nDCG@10',
    method: 'grid',
    seed: 23,
    repeats: 3,
    space: 2,
    tried: {settings: 2, resumed: 0},
    queries: {train: 3, test: 3},
    relevant: {judged: 8, missing: 0},
    base_sha256: 'base',
    reranker_used: true,
    current: view({setting: {}, quality: {estimate: 0.7, low: 0.6, high: 0.8}}),
    front: [
      {
        train: view({part: 'train'}),
        test: view(best),
        gain: {estimate: 0.2, low: 0.1, high: 0.3, improved: 2, worse: 1},
      },
      {
        train: view({part: 'train'}),
        test: view({variance_ratio: {estimate: 0, low: 0, high: 0}}),
        gain: {estimate: -0.1, low: -0.2, high: 0, improved: 0, worse: 3},
      },
    ],
    best: {'retrieval.top_k': 20},
    ...changed,
  }
}
