import type {JudgedSample} from '@ep23/sdk'

export const CHANNELS = ['@habr', '@proglib', '@moscowach', '@moskva_live', '@naked_science']

/** A sample that can be judged; every number gives another one. */
export function sampleOf(number: number, changes: Partial<JudgedSample> = {}): JudgedSample {
  const channel = CHANNELS[number % CHANNELS.length] ?? '@habr'
  return {
    channel,
    language: 'ru',
    latency_seconds: 100 + (number % 7),
    metadata: {origin: 'telegram', posts_count: 2},
    sample_id: `${channel}:sample-${number}`,
    source_text: `Учёные института номер ${number} открыли новую комету за орбитой Юпитера.\n\nМэрия Москвы отремонтирует ${number + 3} станций метро к 2025 году.`,
    summary_markdown: `# Дайджест\n\n- Учёные открыли новую комету за орбитой Юпитера.\n- Мэрия Москвы отремонтирует ${number + 3} станций метро.`,
    timestamp: '2024-11-04T20:59:59.999Z',
    ...changes,
  }
}

export function samplesOf(
  count: number,
  changes: (number: number) => Partial<JudgedSample> = () => ({}),
): JudgedSample[] {
  return Array.from({length: count}, (_, number) => sampleOf(number, changes(number)))
}
