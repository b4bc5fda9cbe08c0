/**
 * Dutch calling names and the official names they stand for: somebody called Kees may be Cornelis in the register.
 *
 * Source: compiled for this project from general knowledge of Dutch naming, no list was copied; licence EUPL-1.2 as the rest.
 * Names from other scripts stand here as well, where two ways to spell them begin differently (Youssef, Joesoef).
 * Only the first letter of the official name is used, as one more first initial, so names that begin alike (Jan, Johannes)
 * are not listed. A name of many origins has the commonest ones. A line too many costs little: it is one more initial beside
 * surname and date of birth.
 * @module
 */
import { nameTable } from '../name-table.ts'

export const DUTCH_CALLING_NAMES = nameTable(`
aaf: eva
aafje: eva
an: johanna
anneke: johanna
annie: johanna
anny: johanna
ans: johanna
bab: elisabeth
babette: elisabeth
babs: elisabeth
bart: lambertus hubertus
bas: sebastiaan
bastiaan: sebastiaan
beb: elisabeth
bel: isabella
bella: isabella
belle: isabella
ben: reuben
bep: elisabeth
beppie: elisabeth
bert: albertus hubertus lambertus gijsbertus egbertus norbertus
berta: alberta
bertie: albertus
bertien: albertina
bertine: albertina
bertus: albertus lambertus hubertus gijsbertus egbertus
bet: elisabeth
betje: elisabeth
bets: elisabeth
betsie: elisabeth
betsy: elisabeth
bettie: elisabeth
betty: elisabeth
bob: robert
bobbie: robert
bobby: robert
brahim: ibrahim
bram: abraham
brammetje: abraham
cafer: jafar
carel: karel
carin: karin
carla: karla
cees: kornelis
cemal: djamal jamal
cemil: djamil jamil
chiel: michael machiel
cisca: francisca
ciska: francisca
co: jacobus jacoba nicolaas
coba: jacoba
cobi: jacoba
cobie: jacoba
cobus: jacobus
coby: jacoba
cock: jacoba
cok: jacoba
coos: jacobus
coosje: jacoba
cor: kornelis
cora: kora
corry: kornelia
derk: theodorus
dick: richard hendrik
diederik: theodoricus
dien: bernardina gerardina berendina hendrina leendina
dieneke: berendina
dientje: berendina hendrina
dik: hendrik richard
dina: berendina gerardina
dinand: ferdinandus
dini: berendina gerardina
dinie: berendina gerardina hendrina
diny: berendina gerardina hendrina
dirk: theodorus
dirkje: theodora
djamal: jamal
djamila: jamila
dolf: adolf rudolf
dolly: adolphina
doortje: theodora
dora: theodora
dorien: theodora
dorine: theodora
doris: theodorus theodora
dorus: theodorus
dreas: andreas
driek: hendrikus
driekus: hendrikus
dries: andreas
drik: hendrik
dris: idris
driss: idriss
ella: gabriella
elle: petronella
elleke: petronella
ellen: helena
ellie: petronella
elly: petronella
emine: amina
fanny: stefania
fem: euphemia
femke: euphemia
fie: sophia
fieke: sophia josephina
fien: josephina seraphina adolphina rudolphina
fiene: josephina
fientje: josephina
fietje: sophia
filip: philippus
flip: philippus
fons: alphonsus
fonsje: alphonsus
frida: elfrida
frieda: elfrida
giannis: ioannis
giel: michiel
gina: regina
giorgos: jorgos
gon: hildegonda aldegonda
gonda: hildegonda aldegonda
gonnie: hildegonda aldegonda
gonny: hildegonda aldegonda
gre: margaretha
greet: margaretha
greetje: margaretha
greta: margaretha
gretha: margaretha
gretie: margaretha
griet: margaretha
grietje: margaretha
gus: augustus
gust: augustus
guus: augustus augustinus
guusje: augusta augustina
guust: augustinus
hafid: abdelhafid
hamid: abdelhamid
han: johannes johanna
hanna: johanna
hannah: johanna
hanne: johanna
hanneke: johanna
hannelore: johanna
hannes: johannes
hanni: johanna
hannie: johanna
hannus: johannes
hanny: johanna
hans: johannes
hansje: johanna
heleen: magdalena
helma: wilhelmina
hes: esther
hester: esther
hilda: mathilda brunhilda
hilly: mathilda
ien: catharina wilhelmina
ies: elisabeth
iet: maria henriette
ietje: maria henriette
ilias: elias
ilja: elias
ilse: elisabeth
ilyas: elias
ilyes: elias
ina: catharina wilhelmina johanna hendrina
ineke: catharina wilhelmina johanna
isa: elisabeth louisa
jaan: adriana
jaantje: adriana
jannus: adrianus
janus: adrianus marinus
jeanne: adriana
jelle: gillis
jeroen: hieronymus
jerry: gerardus
jet: henriette mariette
jetje: henriette
jette: henriette
jettie: henriette
jetty: henriette
jorien: marjorie
jorine: georgina
joris: georgius gregorius
jur: georgius
jurgen: georgius
jurjen: georgius
jurre: georgius
jurriaan: georgius
kaat: catharina
kaatje: catharina
kadija: chadija
karel: carolus
karen: catharina
karim: abdelkarim
karin: catharina
karlijn: carolina
karolien: carolina
karst: christianus
kas: casparus
kaspar: casparus
kasper: casparus
kathy: catharina
katinka: catharina
katja: catharina
kato: catharina
katrien: catharina
katrijn: catharina
kea: cornelia
kee: cornelia
kees: cornelis
keesje: cornelia cornelis
keet: catharina
keetje: catharina
kersten: christianus
khadija: chadija
khaled: chaled
khalid: chalid
kitty: catharina
klaartje: clara
klaas: nicolaas
klaasje: nicolasina
klara: clara
klaziena: nicolasina
klemens: clemens
ko: jacobus jacoba nicolaas
kobi: jacoba
kobie: jacoba
kobus: jacobus
koen: coenraad
koenraad: coenraad
koert: coenraad curtius
koos: jacobus
koosje: jacoba
kor: cornelis
korrie: cornelia
krelis: cornelis
krien: quirina
krijn: quirinus
kris: christianus
krista: christina
kristel: christina
lahcen: hassan
latif: abdellatif
leen: helena magdalena
leentje: helena magdalena
lena: helena magdalena
leni: helena magdalena
lenie: helena magdalena
lennie: helena
leny: helena magdalena
let: aletta
letje: aletta
lettie: aletta
letty: aletta
lex: alexander
lexie: alexandra
lhoucine: houcine
lhoussaine: houssaine
lia: cornelia julia amalia
lida: alida
lide: alida
lidy: alida
lieke: angelica elisabeth
lien: carolina helena paulina
lientje: carolina helena
lies: elisabeth
liesbeth: elisabeth
liesel: elisabeth
liesje: elisabeth
lijs: elisabeth
lijsbeth: elisabeth
lijsje: elisabeth
lili: elisabeth
lilly: elisabeth
lina: carolina paulina
line: carolina
lineke: carolina
lisa: elisabeth
lise: elisabeth
lisette: elisabeth
liz: elisabeth
liza: elisabeth
lize: elisabeth
lizzy: elisabeth
lot: charlotte
lotje: charlotte
lotta: charlotte
lotte: charlotte
majid: abdelmajid
manda: amanda
mandy: amanda
mans: hermanus
manus: hermanus
mees: bartholomeus
meeuwis: bartholomeus
mena: philomena
meus: bartholomeus
mewis: bartholomeus
mien: wilhelmina hermina
mieneke: wilhelmina hermina
mientje: wilhelmina hermina
mimi: wilhelmina
mina: wilhelmina hermina
mineke: wilhelmina hermina
mini: wilhelmina
minie: wilhelmina hermina
minke: wilhelmina
minnie: wilhelmina hermina
miny: wilhelmina hermina
mon: simon edmond raymond
nan: anna
nancy: anna
nand: ferdinandus
nanda: ferdinanda fernanda
nannie: anna
nanny: anna
nard: bernardus leonardus
nardus: bernardus leonardus
neel: cornelia cornelis
neeltje: cornelia
nel: petronella cornelia
nelia: cornelia
nelis: cornelis
nella: petronella cornelia
nelleke: petronella cornelia
nellie: petronella cornelia
nelly: petronella cornelia
nettie: antoinette jeannette
netty: antoinette jeannette
nienke: catharina
nol: arnoldus
nolda: arnolda
nolleke: arnoldus
nolly: arnolda
noor: eleonora
noortje: eleonora
nora: eleonora
noud: arnoldus
nout: arnoldus
ouafa: wafa
ouail: wail
oualid: walid
ouassim: wassim
pien: josephina
pim: willem
pleun: apollonia
pleuntje: apollonia
plonia: apollonia
ploon: apollonia
rena: catharina
rens: laurentius
rense: laurentius
renze: laurentius
resi: theresia
ria: maria catharina
rian: adriana maria
riana: adriana
rick: hendrik frederik
ricky: hendrika
rico: hendrik
rie: maria
riek: hendrika frederika
rieka: hendrika frederika
riekie: hendrika frederika
rieks: hendrikus
rien: marinus catharina
riena: catharina marina
riet: maria margaretha
rietje: maria margaretha
rik: hendrik frederik
rika: hendrika frederika
rikie: hendrika
riko: hendrik
rikus: hendrikus
riky: hendrika
rina: catharina marina
rineke: catharina
rini: marinus catharina
rinie: marinus catharina
rinus: marinus
rita: margaretha maria
ron: hieronymus
sacha: alexander alexandra
sander: alexander
sandra: alexandra
sascha: alexander alexandra
saskia: alexandra
sef: josephus
shaima: chaima
shaimae: chaimae
sharif: charif
shirin: chirin
sien: francina gesina klasina josina
sientje: francina gesina
sies: franciscus
sina: francina gesina
siska: francisca
sjaak: jacobus
sjaan: adriana johanna jeanne
sjaantje: adriana
sjak: jacobus
sjan: johanna
sjang: johannes
sjarel: carolus
sjarl: carolus
sjef: josephus
sjeng: johannes
sjo: johannes josephus
sjon: johannes
sjors: georgius
sjra: gerardus
sjuul: julius
smail: ismail
staf: gustaaf
stan: constantinus
stanny: constantia constantinus
stans: constantia constantinus
stien: christina augustina celestina
stijn: augustinus constantinus christianus
stijntje: christina augustina
stina: christina
stineke: christina
sus: franciscus
teun: antonius
teunis: antonius
teuntje: antonia
thea: dorothea
theun: antonius
theunis: antonius
thies: mathias
thijs: mathijs
tien: martinus christina
tientje: christina
ties: mathias mathijs
tijn: martinus augustinus constantinus
tijs: mathijs
til: mathilda
tilda: mathilda
tilly: mathilda
tina: christina martina catharina
tineke: catharina christina martina
tini: martina martinus
tinie: martina martinus catharina
tinus: martinus
tiny: martina martinus
titia: laetitia
tjeu: matheus
toin: antonius
toine: antonius
toinet: antoinette
toinette: antonia
toke: antonia catharina
ton: antonius antonia
toni: antonius
tonia: antonia
tonneke: antonia
tonnie: antonius antonia
tonny: antonius antonia
tony: antonius
toon: antonius
toontje: antonius
toos: catharina
toosje: catharina
trien: catharina
trientje: catharina
trijn: catharina
trijntje: catharina
trix: beatrix
trude: geertruida
trudi: geertruida
trudie: geertruida
trudy: geertruida
trui: geertruida
truida: geertruida
truitje: geertruida
truke: geertruida
truus: geertruida
truusje: geertruida
truuske: geertruida
tuur: arthur
umar: omar
usman: osman
uthman: osman
wannes: johannes
wantje: johanna
ward: eduard
wart: eduard
wies: louisa aloysius
wiesje: louisa
wieske: louisa
wiet: ludovicus
wil: guilielmus
wilhelm: guilielmus
willem: guilielmus gulielmus
wim: guilielmus
xander: alexander
xandra: alexandra
yahya: jahja
yakub: jakub
yakup: jakub
yamina: jamina
yannick: jannick
yannis: ioannis
yara: jara
yasin: jasin
yasmin: jasmin
yasmina: jasmina
yasmine: jasmine
yassin: jassin
yassine: jassine
yente: jente
yoeri: joeri
yolanda: jolanda
yolande: jolanda
yoran: joran
yorgos: giorgos
yorick: jorick
yosef: josef
younes: joenes
yousef: joesoef
youssef: joesoef
yunus: joenoes
yuri: joeri
yusuf: joesoef
yvo: ivo
zef: josephus
`)
