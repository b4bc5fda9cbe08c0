/**
 * English nicknames and the official names they stand for, where the first letters differ.
 *
 * Source: compiled for this project from general knowledge of English naming, no list was copied; licence EUPL-1.2 as the rest.
 * @module
 */
import { nameTable } from '../name-table.ts'

export const ENGLISH_NICKNAMES = nameTable(`
aggie: margaret
bab: elizabeth
becca: rebecca
becky: rebecca
bel: isabel
bella: isabella arabella
belle: isabella
bert: albert herbert robert hubert
berta: alberta roberta
bertie: albert herbert
bess: elizabeth
bessie: elizabeth
beth: elizabeth
betsy: elizabeth
betty: elizabeth
bill: william
billie: william
billy: william
bob: robert
bobbie: robert roberta
bobby: robert
caitlin: kaitlin
caitlyn: kaitlyn
carl: karl
catherine: katherine
cathryn: kathryn
cathy: katherine
christine: kristine
cindy: lucinda
cristal: krystal
dick: richard
dickie: richard
dickon: richard
dolf: adolph rudolph
dolph: adolph rudolph
dora: theodora
drew: andrew
ella: gabriella
etta: henrietta
ettie: henrietta
fred: alfred
freddie: alfred
freddy: alfred
gene: eugene
geoff: jeffrey
geoffrey: jeffrey
gerald: jerald
ginger: virginia
ginnie: virginia
ginny: virginia
greta: margaret
gus: augustus
gussie: augusta
hester: esther
ibbie: elizabeth
ibby: elizabeth
ina: georgina
jeff: geoffrey
jeffrey: geoffrey
jerry: gerald gerard
jill: gillian
kaitlin: caitlin
kaitlyn: caitlin
karen: catherine
karl: charles carl
kate: catherine
katharine: catherine
katherine: catherine
kathleen: catherine
kathryn: catherine
kathy: catherine
katie: catherine
kay: catherine
kit: christopher catherine
kitty: catherine
kris: christopher christine
kristine: christine
lena: helena magdalena
lettie: violet
lex: alexander
lexi: alexandra
lexie: alexandra
lia: julia amelia
libby: elizabeth
lily: elizabeth
lina: carolina
lisa: elizabeth
liz: elizabeth
liza: elizabeth
lizzie: elizabeth
lizzy: elizabeth
lon: alonzo
lonnie: alonzo
lottie: charlotte
mandy: amanda
manny: emmanuel
millie: emily camilla
milly: emily camilla
mima: jemima
mina: wilhelmina
minnie: wilhelmina
nan: ann anne
nancy: ann anne
nannie: ann anne
ned: edward edmund
neddy: edward
nell: helen ellen eleanor
nellie: helen ellen eleanor
nelly: helen ellen eleanor
ness: vanessa agnes
nessa: vanessa
nessie: agnes
netta: henrietta
nettie: henrietta
nita: anita juanita
nora: eleanor honora
norah: eleanor honora
patty: martha
peg: margaret
peggy: margaret
polly: mary
ria: maria
rick: frederick
rita: margaret
sacha: alexander
sandra: alexandra
sandy: alexander alexandra
sasha: alexander
sis: cecily
sissy: cecily
stella: estella
tasha: natasha
ted: edward edmund
teddy: edward
thea: dorothea althea
tibbie: isabella
tibby: isabella
tilda: matilda
tilly: matilda
tina: christina martina
tony: anthony
tori: victoria
toria: victoria
tory: victoria
trish: patricia
trisha: patricia
trixie: beatrix beatrice
trudy: gertrude
wendy: gwendolen
xander: alexander
zander: alexander
`)
