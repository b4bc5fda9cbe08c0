/**
 * What the six partners of the practice region deliver, as their agreement would say it. Plain data.
 * @module
 */
import type { Area, CategoryCode, Code, DatasetSpec, FieldSpec, NumberBand, Text } from '../src/index.ts'

const t = (nl: string, en: string): Text => ({ nl, en })
const category = (code: string, nl: string, en: string, ...accepts: string[]): CategoryCode => ({
  code,
  label: t(nl, en),
  accepts,
})
const band = (code: string, nl: string, en: string, from: number, below?: number): NumberBand => ({
  code,
  label: t(nl, en),
  from,
  ...(below === undefined ? {} : { below }),
})

const bsn: FieldSpec = {
  id: 'B1',
  label: t('burgerservicenummer', 'citizen service number'),
  aliases: [],
  required: true,
  target: { kind: 'bsn' },
}

const districts: Code[] = Array.from({ length: 8 }, (_, w) => ({
  code: `WK99990${w}`,
  label: t(`Wijk ${w}`, `District ${w}`),
}))
const areas: Area[] = districts.flatMap(({ code }, w) =>
  Array.from({ length: 5 }, (_, b) => ({
    code: `BU99990${w}0${b}`,
    label: t(`Buurt ${w}.${b}`, `Neighbourhood ${w}.${b}`),
    district: code,
  })),
)

const month = (id: string, nl: string, en: string, ...aliases: string[]): FieldSpec => ({
  id,
  label: t(nl, en),
  aliases,
  required: true,
  target: { kind: 'month', from: '2024-01', to: '2024-12' },
})

const municipality: DatasetSpec = {
  id: 'gemeente-brp-wmo',
  grain: 'person',
  fields: [
    bsn,
    {
      id: 'neighbourhood',
      label: t('buurt', 'neighbourhood'),
      aliases: ['Buurtcode'],
      required: true,
      target: { kind: 'area', areas, districts },
    },
    {
      id: 'wmo',
      label: t('Wmo-voorziening', 'Wmo provision'),
      aliases: ['Wmo', 'Voorziening'],
      required: true,
      target: {
        kind: 'category',
        codes: [
          category('none', 'geen', 'none'),
          category('domestic-help', 'huishoudelijke hulp', 'domestic help', 'hh', 'hulp bij het huishouden'),
          category('guidance', 'begeleiding', 'guidance'),
          category('day-care', 'dagbesteding', 'day care'),
          category('sheltered-living', 'beschermd wonen', 'sheltered living'),
        ],
      },
    },
    {
      id: 'social-assistance',
      label: t('bijstand', 'social assistance'),
      aliases: ['Participatiewet', 'Uitkering'],
      required: true,
      target: { kind: 'yesNo' },
    },
    {
      id: 'age',
      label: t('leeftijd', 'age'),
      aliases: [],
      required: true,
      target: { kind: 'ageBand', referenceDate: '2024-12-31', from: [0, 18, 27, 45, 65, 75, 85] },
    },
  ],
}

const police: DatasetSpec = {
  id: 'politie-meldingen',
  grain: 'record',
  fields: [
    bsn,
    {
      id: 'report-kind',
      label: t('soort melding', 'kind of report'),
      aliases: ['melding_soort'],
      required: true,
      target: {
        kind: 'category',
        codes: [
          category('confused-behaviour', 'verward gedrag', 'confused behaviour', 'onbegrepen gedrag', 'E33'),
          category('noise', 'geluidsoverlast', 'noise'),
          category('litter', 'vervuiling', 'litter'),
          category('quarrel', 'burenruzie', 'quarrel between neighbours'),
          category('drugs', 'drugs', 'drugs'),
        ],
      },
    },
    month('report-month', 'maand van de melding', 'month of the report', 'melding_tijdstip', 'meldingsdatum'),
  ],
}

const housing: DatasetSpec = {
  id: 'corporatie-huurders',
  grain: 'person',
  fields: [
    {
      id: 'housing-type',
      label: t('woningtype', 'housing type'),
      aliases: ['type woning'],
      required: true,
      target: {
        kind: 'category',
        codes: [
          category('house', 'eengezinswoning', 'single-family house'),
          category('flat-lift', 'flat met lift', 'flat with lift'),
          category('flat-no-lift', 'flat zonder lift', 'flat without lift'),
          category('senior', 'seniorenwoning', 'home for the elderly'),
        ],
      },
    },
    {
      id: 'rent-arrears',
      label: t('huurachterstand', 'rent arrears'),
      aliases: ['achterstand'],
      required: true,
      target: {
        kind: 'numberBand',
        bands: [
          band('none', 'geen', 'none', 0, 0.01),
          band('1-2', 'tot en met 2 maanden', 'up to 2 months', 0.01, 3),
          band('3+', '3 maanden of meer', '3 months or more', 3),
        ],
      },
    },
    {
      id: 'complaints',
      label: t('klachten', 'complaints'),
      aliases: ['overlastklachten', 'aantal klachten'],
      required: true,
      target: {
        kind: 'numberBand',
        bands: [
          band('0', 'geen', 'none', 0, 1),
          band('1', 'een', 'one', 1, 2),
          band('2+', 'twee of meer', 'two or more', 2),
        ],
      },
    },
  ],
}

const publicHealth: DatasetSpec = {
  id: 'ggd-oggz',
  grain: 'person',
  fields: [
    bsn,
    {
      id: 'oggz',
      label: t('OGGZ-melding', 'OGGZ report'),
      aliases: ['oggz'],
      required: true,
      target: { kind: 'yesNo' },
    },
    {
      id: 'care-avoider',
      label: t('zorgmijder', 'care avoider'),
      aliases: ['zorgmijding'],
      required: true,
      target: { kind: 'yesNo' },
    },
    month('oggz-month', 'maand', 'month', 'meldmaand'),
  ],
}

const care: DatasetSpec = {
  id: 'zorg-clienten',
  grain: 'person',
  fields: [
    bsn,
    {
      id: 'indication',
      label: t('indicatie', 'care indication'),
      aliases: ['zorgprofiel', 'zzp'],
      required: true,
      target: {
        kind: 'category',
        codes: [
          category('VV4', 'VV4', 'VV4'),
          category('VV5', 'VV5', 'VV5'),
          category('VV6', 'VV6', 'VV6'),
          category('LG4', 'LG4', 'LG4'),
          category('GGZ-W1', 'GGZ-W1', 'GGZ-W1', 'GGZ W1', 'GGZW1'),
          category('GGZ-W3', 'GGZ-W3', 'GGZ-W3', 'GGZ W3', 'GGZW3'),
        ],
      },
    },
    {
      id: 'extramural',
      label: t('extramuraal', 'at home'),
      aliases: ['thuis'],
      required: true,
      target: { kind: 'yesNo' },
    },
    {
      id: 'care-hours',
      label: t('uren per week', 'hours a week'),
      aliases: ['uren', 'zorguren'],
      required: true,
      target: {
        kind: 'numberBand',
        bands: [
          band('0-4', 'minder dan 4 uur', 'less than 4 hours', 0, 4),
          band('4-8', '4 tot 8 uur', '4 to 8 hours', 4, 8),
          band('8+', '8 uur of meer', '8 hours or more', 8),
        ],
      },
    },
    month('care-start', 'startmaand', 'first month of care', 'startdatum', 'begin zorg'),
  ],
}

const schools: DatasetSpec = {
  id: 'scholen-leerlingen',
  grain: 'person',
  fields: [
    bsn,
    {
      id: 'absence',
      label: t('verzuimdagen', 'days absent'),
      aliases: ['verzuim', 'ongeoorloofd verzuim'],
      required: true,
      target: {
        kind: 'numberBand',
        bands: [
          band('0', 'geen', 'none', 0, 1),
          band('1-4', '1 t/m 4 dagen', '1 to 4 days', 1, 5),
          band('5-15', '5 t/m 15 dagen', '5 to 15 days', 5, 16),
          band('16+', '16 dagen of meer', '16 days or more', 16),
        ],
      },
    },
    {
      id: 'school-type',
      label: t('schooltype', 'school type'),
      aliases: ['onderwijssoort'],
      required: true,
      target: {
        kind: 'category',
        codes: [
          category('po', 'po', 'primary', 'basisschool', 'bo'),
          category('so', 'so', 'special', 'speciaal onderwijs'),
          category('vmbo', 'vmbo', 'pre-vocational'),
          category('havo', 'havo', 'senior general'),
          category('vwo', 'vwo', 'pre-university'),
        ],
      },
    },
  ],
}

/** Every practice file with the specification of its dataset. */
export const practice = {
  'gemeente-brp-wmo.csv': municipality,
  'politie-meldingen.csv': police,
  'corporatie-huurders.csv': housing,
  'ggd-oggz.txt': publicHealth,
  'zorg-clienten.csv': care,
  'scholen-leerlingen.csv': schools,
} as const satisfies Record<string, DatasetSpec>
