/**
 * The recipe of an agreement: which keys there are, what they are made of, what is wrong with one. Neither the node's nor the
 * broker's: whoever reads an agreement reads it the same way.
 * @module
 */
export { describeKey, describeRecipe } from './recipe/describe.ts'
export { type RecipeFault, type RecipeFaultCode, recipeFaults } from './recipe/faults.ts'
export { slotsOf } from './recipe/slots.ts'
export { standardKeys, standardKeysOf } from './recipe/standard-keys.ts'
export { type RecipeChoices, standardRecipe } from './recipe/standard-recipe.ts'
