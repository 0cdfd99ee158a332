/** What the HTTP server says, in English. */
export const english = {
  placeTaken: ({place}: {place: string}) => `${place} is taken by another process`,
  otherPort: 'choose another one with --port, or stop the other process',
  cannotListen: ({place, problem}: {place: string; problem: string}) => `cannot listen on ${place}: ${problem}`,
  otherAddress: 'choose another address with --host and --port',
}
