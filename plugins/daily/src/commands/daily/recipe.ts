import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {RecipeName, RecipeReport} from '../../actions/recipe.js'

const RECIPES: RecipeName[] = ['systemd', 'cron', 'github', 'gitlab']

export default class DailyRecipe extends BaseCommand<typeof DailyRecipe> {
  static override summary = 'Print how to run ep23 daily every morning.'
  static override description = `Time zone, missed starts, tokens without a place on the command line, and a ping by which somebody outside sees that it ran.`
  static override examples = [
    {description: 'A timer that makes up missed starts', command: '<%= config.bin %> daily recipe systemd'},
    {
      description: 'A workflow, written where GitHub looks for it',
      command: '<%= config.bin %> daily recipe github --output .github/workflows',
    },
  ]
  static override flags = {
    output: Flags.string({
      char: 'o',
      summary: 'Folder to write the files into, instead of printing them.',
      helpValue: 'DIR',
      env: 'EP23_DAILY_RECIPE_OUTPUT',
    }),
  }
  static override args = {
    recipe: Args.string({description: 'What shall run it.', options: RECIPES, required: true}),
  }
  static override readOnly = true

  protected async execute({args, flags}: Input<typeof DailyRecipe>): Promise<CommandResult<RecipeReport>> {
    const {recipe} = await import('../../actions/recipe.js')
    return recipe(args.recipe as RecipeName, flags.output, this.runtime.settings.lang)
  }
}
