/**
 * What each of the six partners of the practice region delivers, and what recognises its people. The housing corporation may
 * not use the citizen number: its tenants are recognised by name, date of birth and address.
 * @module
 */
import { citizenNumberKey, type Dataset, householdKey, type PartyId } from '@kruispunt/contracts'
import { standardRecipe } from '@kruispunt/linkage/recipe'
import { ageBands, areas, categories, monthsOf, nestedCategories, numberBands, text, yesNo } from './dimensions.ts'
import { identifiersOf } from './identifiers.ts'

/** Strict: no key forgives a slip of the pen beyond what sound and sorting do. */
export const recipe = standardRecipe('nl1', { strictness: 'strict', citizenNumber: 'key', households: true })

const keyIds = recipe.keys.map(({ id }) => id)
/** The municipality alone says who live together: it is the register. */
const personKeys = keyIds.filter((id) => id !== householdKey)

const question = 'Nodig voor het gezamenlijke beeld van langer thuis wonen en overlast.'
const districts = Array.from({ length: 8 }, (_, d) => ({
  code: `WK9999${String(d).padStart(2, '0')}`,
  name: `Wijk ${d}`,
  neighbourhoods: Array.from({ length: 5 }, (_, n) => ({
    code: `BU9999${String(d).padStart(2, '0')}${String(n).padStart(2, '0')}`,
    name: `Buurt ${d}-${n}`,
  })),
}))

function dataset(
  id: string,
  party: string,
  title: readonly [string, string],
  parts: Partial<Dataset> & Pick<Dataset, 'dimensions'>,
): Dataset {
  return {
    id,
    party: party as PartyId,
    title: text(...title),
    grain: 'person',
    recordLabel: null,
    dataSubjects: 'Inwoners van de praktijkregio die bij deze partner bekend zijn.',
    originalPurpose: 'Uitvoering van de eigen wettelijke taak van deze partner.',
    compatibility: 'Statistiek, artikel 5 lid 1 onder b en artikel 89 AVG, met de waarborgen uit deze afspraak.',
    period: '2024-01/2024-12',
    schedule: 'Eenmaal, over het hele jaar',
    identifiers: identifiersOf[party] ?? [],
    linkageKeys: personKeys,
    ...parts,
  }
}

export const datasets: Dataset[] = [
  dataset('residents', 'gemeente', ['Inwoners en Wmo', 'Residents and social support'], {
    linkageKeys: keyIds,
    dimensions: [
      areas(
        {
          id: 'gemeente.area',
          label: text('gebied', 'area'),
          headers: ['Buurtcode'],
          meaning: 'Buurt van het woonadres, gebiedsindeling 2024',
          why: question,
        },
        districts,
      ),
      nestedCategories(
        {
          id: 'gemeente.wmo',
          label: text('Wmo-voorziening', 'Wmo provision'),
          headers: ['Wmo-voorziening'],
          meaning: 'Lopende voorziening op de peilmaand',
          why: question,
          dataKind: 'sensitive',
        },
        {
          id: 'wmo-any',
          label: text('wel of geen Wmo', 'Wmo or not'),
          codes: [
            ['none', text('geen Wmo', 'no Wmo')],
            ['some', text('wel Wmo', 'Wmo')],
          ],
        },
        [
          ['geen', 'none', 'none'],
          ['huishoudelijke hulp', 'domestic help', 'some'],
          ['begeleiding', 'guidance', 'some'],
          ['dagbesteding', 'day activities', 'some'],
          ['beschermd wonen', 'sheltered housing', 'some'],
        ],
      ),
      yesNo({
        id: 'gemeente.assistance',
        label: text('bijstand', 'social assistance'),
        headers: ['Bijstand'],
        meaning: 'Bijstandsuitkering op de peilmaand',
        why: question,
        dataKind: 'sensitive',
      }),
      ageBands(
        {
          id: 'gemeente.age',
          label: text('leeftijd', 'age'),
          headers: ['Geboortedatum'],
          meaning: 'Leeftijd op 31 december 2024',
          why: question,
        },
        '2024-12-31',
        [0, 18, 30, 45, 65, 80],
      ),
    ],
  }),
  dataset('reports', 'politie', ['Meldingen overlast', 'Nuisance reports'], {
    grain: 'record',
    recordLabel: text('meldingen', 'reports'),
    dimensions: [
      categories(
        {
          id: 'politie.kind',
          label: text('soort melding', 'kind of report'),
          headers: ['melding_soort'],
          meaning: 'Maatschappelijke klasse van de melding',
          why: question,
          dataKind: 'criminal',
        },
        [
          ['verward gedrag', 'confused behaviour'],
          ['geluidsoverlast', 'noise'],
          ['vervuiling', 'pollution'],
          ['burenruzie', 'quarrel between neighbours'],
          ['drugs', 'drugs'],
        ],
      ),
      monthsOf(
        {
          id: 'politie.month',
          label: text('periode', 'period'),
          headers: ['melding_tijdstip'],
          meaning: 'Maand van de melding',
          why: question,
        },
        2024,
        2024,
      ),
    ],
  }),
  dataset('tenants', 'corporatie', ['Huurders', 'Tenants'], {
    linkageKeys: personKeys.filter((id) => id !== citizenNumberKey),
    dimensions: [
      categories(
        {
          id: 'corporatie.home',
          label: text('woningtype', 'type of home'),
          headers: ['Woningtype'],
          meaning: 'Type van de gehuurde woning',
          why: question,
        },
        [
          ['eengezinswoning', 'family house'],
          ['seniorenwoning', 'senior home'],
          ['flat met lift', 'flat with lift'],
          ['flat zonder lift', 'flat without lift'],
        ],
      ),
      numberBands(
        {
          id: 'corporatie.arrears',
          label: text('huurachterstand in maanden', 'rent arrears in months'),
          headers: ['Huurachterstand (mnd)'],
          meaning: 'Aantal maanden achterstand',
          why: question,
          dataKind: 'sensitive',
        },
        [0, 1, 3],
      ),
      numberBands(
        {
          id: 'corporatie.complaints',
          label: text('klachten', 'complaints'),
          headers: ['Klachten'],
          meaning: 'Aantal klachten over overlast',
          why: question,
        },
        [0, 1, 2],
      ),
    ],
  }),
  dataset('oggz', 'ggd', ['OGGZ-meldingen', 'Public mental health reports'], {
    dimensions: [
      yesNo({
        id: 'ggd.report',
        label: text('OGGZ-melding', 'OGGZ report'),
        headers: ['OGGZ-melding'],
        meaning: 'Melding bij het meldpunt in 2024',
        why: question,
        dataKind: 'special',
      }),
      yesNo({
        id: 'ggd.avoider',
        label: text('zorgmijder', 'care avoider'),
        headers: ['zorgmijder'],
        meaning: 'Aangemerkt als zorgmijder',
        why: question,
        dataKind: 'special',
      }),
      monthsOf(
        {
          id: 'ggd.month',
          label: text('maand', 'month'),
          headers: ['maand'],
          meaning: 'Maand van de melding',
          why: question,
        },
        2024,
        2024,
      ),
    ],
  }),
  dataset('clients', 'zorg', ['Cliënten langdurige zorg', 'Long-term care clients'], {
    measures: [
      {
        id: 'zorg.care',
        label: text('zorg', 'care'),
        unit: text('uren per week', 'hours a week'),
        meaning: 'Uren zorg per week volgens de indicatie',
        whyNeeded: question,
        dataKind: 'special',
        headers: ['Uren per week'],
        decimals: 1,
        lowest: 0,
        highest: 168,
      },
    ],
    dimensions: [
      categories(
        {
          id: 'zorg.indication',
          label: text('indicatie', 'indication'),
          headers: ['Indicatie'],
          meaning: 'Zorgprofiel',
          why: question,
          dataKind: 'special',
        },
        [
          ['VV4', 'VV4'],
          ['VV5', 'VV5'],
          ['VV6', 'VV6'],
          ['GGZ-W1', 'GGZ-W1'],
          ['GGZ-W3', 'GGZ-W3'],
          ['LG4', 'LG4'],
        ],
      ),
      yesNo({
        id: 'zorg.athome',
        label: text('zorg thuis', 'care at home'),
        headers: ['Extramuraal'],
        meaning: 'Zorg buiten een instelling',
        why: question,
        dataKind: 'special',
      }),
      numberBands(
        {
          id: 'zorg.hours',
          label: text('uren per week', 'hours a week'),
          headers: ['Uren per week'],
          meaning: 'Uren zorg per week',
          why: question,
        },
        [0, 2, 5, 10],
      ),
      monthsOf(
        {
          id: 'zorg.start',
          label: text('startmaand', 'start month'),
          headers: ['Startmaand'],
          meaning: 'Maand waarin de zorg begon',
          why: question,
        },
        2024,
        2024,
      ),
    ],
  }),
  dataset('pupils', 'scholen', ['Leerlingen', 'Pupils'], {
    dimensions: [
      numberBands(
        {
          id: 'scholen.absence',
          label: text('verzuimdagen', 'days absent'),
          headers: ['verzuimdagen'],
          meaning: 'Ongeoorloofd verzuim in 2024',
          why: question,
          dataKind: 'sensitive',
        },
        [0, 1, 5, 16],
      ),
      categories(
        {
          id: 'scholen.type',
          label: text('schooltype', 'type of school'),
          headers: ['schooltype'],
          meaning: 'Onderwijssoort',
          why: question,
        },
        [
          ['po', 'primary'],
          ['so', 'special'],
          ['vmbo', 'vmbo'],
          ['havo', 'havo'],
          ['vwo', 'vwo'],
        ],
      ),
    ],
  }),
]
