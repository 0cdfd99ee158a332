export const brevityJudge = {
  name: 'team_brevity',
  summary: 'How short summaries are.',
  async open({section}) {
    const longest = section?.longest ?? 500 // `benchmark: {longest: 400}` in ep23.config.yaml
    return {
      name: 'team_brevity',
      signature: `team_brevity|longest:${longest}|v:1`, // changes with everything that can change a score
      scale: 'team', // thresholds of another scale never gate it
      scores: ['brevity'],
      settings: {longest},
      async judge({summary_markdown: text}) {
        return {scores: {brevity: {value: Math.max(0, 1 - text.length / longest)}}}
      },
    }
  },
}
