/** What the sdk itself says, in English. */
export const english = {
  seeFlags: 'see the flags with --help',
  didYouMeanFlag: ({name}: {name: string}) => `did you mean --${name}?`,
  ofEnvironment: ({name, problem}: {name: string; problem: string}) => `environment ${name}: ${problem}`,
  ofFlag: ({name, problem}: {name: string; problem: string}) => `--${name}: ${problem}`,
  unexpected: ({problem}: {problem: string}) => `unexpected: ${problem}`,
  reportBug: 'run again with --debug to see where it happened, and report it: this is a bug of ep23',
  noHost: 'no host answered: this command is a plugin of ep23 and runs only inside it',
  interrupted: ({done}: {done: string}) => `interrupted: ${done}`,
  wholeNumber: ({given}: {given: string}) => `expected a whole number but received: ${given}`,
  wholeNumberWithin: ({min, max, given}: {min: number; max: number; given: string}) =>
    `expected a whole number from ${min} to ${max} but received: ${given}`,
  share: ({given}: {given: string}) => `expected a share from 0 to 1 but received: ${given}`,
  day: ({given}: {given: string}) => `expected a day as YYYY-MM-DD but received: ${given}`,
  warning: 'Warning',
}
