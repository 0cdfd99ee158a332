/** The part that is used: the package brings no types. */
declare module 'process-on-spawn' {
  type Listener = (spawned: {env: NodeJS.ProcessEnv}) => void
  const onSpawn: {addListener(listener: Listener): void; prependListener(listener: Listener): void}
  export default onSpawn
}
