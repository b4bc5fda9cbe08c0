/**
 * What the coordinator of the practice region asks: chosen so that most cells can be shown and some must be withheld.
 * @module
 */
import type { Question } from './lab.ts'

export const questions: readonly Question[] = [
  {
    name: 'residents-by-district',
    title: 'Inwoners naar wijk, Wmo-voorziening en bekend bij de politie',
    table: 'residents',
    rows: 'gemeente.area@wijk',
    columns: 'gemeente.wmo@wmo-any,presence:politie',
  },
  {
    name: 'confused-behaviour-by-quarter',
    title: 'Meldingen over verward gedrag naar kwartaal en Wmo-voorziening van de gemelde persoon',
    table: 'reports',
    rows: 'politie.month@kwartaal',
    columns: 'gemeente.wmo@wmo-any',
    filter: 'politie.kind=verward gedrag',
  },
  {
    name: 'tenants-by-home',
    title: 'Huurders naar woningtype en Wmo-voorziening: de corporatie heeft geen bsn, en toch tellen we samen',
    table: 'tenants',
    rows: 'corporatie.home',
    columns: 'gemeente.wmo@wmo-any',
  },
  {
    name: 'residents-by-age',
    title: 'Inwoners naar leeftijd en Wmo-voorziening',
    table: 'residents',
    rows: 'gemeente.age',
    columns: 'gemeente.wmo',
    percentages: 'row',
  },
  {
    // Not by age: age of clients beside age of residents ties two populations, and every later table of age with it.
    name: 'care-at-home',
    title: 'Uren langdurige zorg, thuis of niet: opgeteld en gemiddeld, zonder dat iemands uren te lezen zijn',
    table: 'clients',
    rows: 'zorg.athome',
    columns: 'gemeente.wmo@wmo-any',
    measures: 'zorg.care',
  },
  {
    name: 'households-by-district',
    title: 'Huishoudens naar wijk en bijstand: met willekeurige ruis, uit een privacybudget dat op kan',
    table: 'households',
    rows: 'gemeente.area@wijk',
    columns: 'gemeente.assistance',
  },
]
