/**
 * The words around a Dutch surname that are not the name: prefixes, titles, and what stands between two names.
 * @module
 */

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

/** Prefixes (tussenvoegsels), Dutch and of people who came here; left out at the front of a name, never in a key. */
export const PREFIXES = words(
  'a aan af al auf aus ben bij bin d da dal de del den der des di do don dos du el en het im in int l la las le les lo los ' +
    'met of onder op opt over s t te ten ter thoe toe tot uijt uit ul unter v van vande vanden vander vant vd vdn vdr vom ' +
    'von voor vor zu zum zur',
)

/** Prefixes that, behind a name, begin a second one: `Jansen van Dijk`, `Tjon A Loi`, `Garcia de la Torre`. */
export const INNER_PREFIXES = words('a da de den der dos du te ten ter van vande vanden vander vd von')

/** Titles that nobody is called; left out in front of a name. */
export const TITLES = words('dhr drs fam jhr jkvr mej mevr mevrouw mw prof')

/** Titles that are somebody's name as well (mr., Ing); left out only with a dot behind them. */
export const DOTTED_TITLES = words('dr ds heer ing ir mr')

/** Left out behind a name. */
export const SUFFIXES = words('bsc jr mba msc phd sr')

/** Between two names: spouse of, born, divorced, widow of. */
export const BETWEEN_NAMES = words(
  'echtg echtgenoot echtgenote ev geb geboren gesch gescheiden wed weduwe weduwnaar wede',
)
