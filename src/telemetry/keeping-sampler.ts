import {
  ParentBasedSampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
  type Sampler,
  type SamplingResult,
} from '@opentelemetry/sdk-trace-node'

/**
 * Follows the caller's flag, else samples a share of the traces by their id, as OpenTelemetry's samplers do. What is outside the share
 * is recorded all the same, without the flag: only at its end is known whether a run failed, and failed runs are kept.
 * Beyond `most` spans nothing more is recorded; since it never gets less, the parents of every recorded span are recorded too.
 */
export class KeepingSampler implements Sampler {
  dropped = 0
  private readonly inner: Sampler

  constructor(
    share: number,
    private readonly isFull: () => boolean,
  ) {
    this.inner = new ParentBasedSampler({root: new TraceIdRatioBasedSampler(share)})
  }

  shouldSample(...args: Parameters<Sampler['shouldSample']>): SamplingResult {
    if (this.isFull()) {
      this.dropped += 1
      return {decision: SamplingDecision.NOT_RECORD}
    }
    const result = this.inner.shouldSample(...args)
    return result.decision === SamplingDecision.NOT_RECORD ? {...result, decision: SamplingDecision.RECORD} : result
  }

  toString(): string {
    return `Keeping{${this.inner.toString()}}`
  }
}
