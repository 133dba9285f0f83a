"""Small word lists that the referee's rules read."""

from language.words import word_set

AUXILIARIES = word_set(
    """is are was were am be been being has have had do does did can could will would shall should may might
    must isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't can't couldn't won't
    wouldn't isnt arent wasnt werent hasnt havent hadnt doesnt dont didnt cant couldnt wont wouldnt"""
)
PAST_VERBS = word_set(
    """was were had did went came became took gave got made said told knew thought saw found left lost won
    led held kept began broke brought built bought caught chose cut drove ate fell felt fought flew forgot
    grew heard hid hit hurt laid lay let lent meant met paid put ran read rose sent set shot shook showed
    shut sang sank slept spoke spent stood stole struck swore swept swam taught threw understood wore wrote
    wasn't weren't didn't hadn't withdrew overthrew bore bound bred cast dealt dug drew drank fed fled
    forbade forgave froze hung lit rode rang sought sold shrank slid spread sprang stuck stung swung wept
    wound undertook oversaw outlawed happend occured"""
)
PRESENT_VERBS = word_set(
    """is are has have does do says goes makes takes gives gets knows thinks sees lives dies wins loses
    leads holds keeps begins becomes comes runs rises falls stands dates contains includes consists means
    remains covers shows causes produces grows depends owns uses works exists belongs represents isn't
    aren't hasn't haven't doesn't don't stars plays"""
)
MODALS = word_set(
    """would could might may should will shall can must wouldn't couldn't mightn't shouldn't won't can't
    cannot 'd gonna wouldnt couldnt shouldnt wont"""
)
NEGATIONS = word_set(
    """not no never none nobody nothing neither nor without cannot n't isn't aren't wasn't weren't hasn't
    haven't hadn't doesn't don't didn't can't couldn't won't wouldn't isnt arent wasnt werent hasnt havent
    hadnt doesnt dont didnt cant couldnt wont wouldnt barely hardly scarcely"""
)
NEGATIVE_VERBS = word_set(
    """failed refused lacked denied declined rejected avoided neglected failure lack lacks fails refuses
    unable incapable unwilling absent missing prevented prohibited forbidden banned zero"""
)
EXCLUSIVES = word_set("only solely exclusively merely just purely entirely strictly")
UNIVERSALS = word_set("all every always everyone everybody entire whole never each completely totally none nobody no")
SUBORDINATORS = word_set(
    "when after before because since although though while whereas until once as considering given despite"
)
FACTIVES = word_set(
    """know knows knew known remember remembers forget forgets forgot forgotten realize realizes realise
    realises regret notice noticed recall recalls fact learned learnt discovered discover"""
)
ASSERTIVES = word_set("think thinks believe believes suppose guess say said claim claimed claims argue argued argues")
TIME_LINES = word_set("otl iotl atl itl ittl ttl tl irl pod")
"""Marks of real and imagined history in what-if discussions; they say nothing about the matter."""

LIGHT_WORDS = word_set(
    """happen happened happend happens occur occured occurred occurs took take takes taken place got time year years
    fact event events"""
)
"""Words that carry a sentence without saying anything of the matter."""
KIND_NOUNS = word_set(
    """power station plant reactor accident disaster catastrophe treaty agreement protocol pact accord convention law
    act bill rebellion uprising mutiny revolt revolution war battle campaign conference congress meeting summit
    movement party organisation organization government empire state republic kingdom company corporation
    newspaper journal book novel film movie song album theory policy programme program project mission rocket
    ship river mountain lake city town village castle bridge tower building museum university school church
    cathedral temple famine referendum election massacre incident crisis affair scandal trial system invasion"""
)
"""What kind of thing a subject is; people leave it out: "Kronstadt" for the Kronstadt rebellion."""
GENERIC_RELATIONS = word_set("date place number held office won of for by in share value family first full political")
"""Words of a fact's relation that say nothing on their own about which relation it is."""
RELATION_CLASSES = tuple(
    word_set(line)
    for line in """death die died dead killed kill murdered murder assassinated executed execution shot perished suicide
    birth born
    began begin broke start started introduced launched founded established formed created adopted proclaimed opened \
held met happened lasted built signed published delivered
    ended end dissolved abolished finished collapsed over lasted
    joined join member entered membership
    expelled exiled deported banished removed ousted expulsion
    elected appointed became named election office
    recognised recognized recognition relations
    invaded invasion attacked attack""".splitlines()
)
"""Words that name one relation between a subject and a date, though they are no synonyms."""
BOUNDS = word_set(
    """less more fewer least most nearly almost about around roughly approximately over under greater larger higher
    lower exactly precisely maximum minimum estimated between from"""
)
GETTING = word_set(
    """won got received obtained polled scored gained secured reached rose rise rises grew fell dropped increased
    decreased stood amounted totalled totaled counted numbered took achieved"""
)
"""Verbs that put a figure beside its subject; which of them is used says nothing of what is counted."""
PHRASES: dict[tuple[str, str], str] = {
    ("passed", "away"): "died", ("passes", "away"): "dies", ("thrown", "out"): "expelled",
    ("threw", "out"): "expelled", ("kicked", "out"): "expelled", ("cast", "out"): "expelled",
    ("driven", "out"): "expelled", ("stepped", "down"): "resigned", ("set", "up"): "founded",
    ("broke", "out"): "began", ("breaks", "out"): "begins", ("took", "power"): "seized", ("did", "away"): "abolished",
    ("carried", "out"): "performed", ("put", "down"): "suppressed", ("broke", "up"): "dissolved",
    ("called", "off"): "cancelled", ("found", "out"): "discovered", ("gave", "up"): "abandoned",
    ("given", "up"): "abandoned", ("turned", "down"): "rejected", ("voted", "down"): "rejected",
    ("came", "out"): "published", ("wiped", "out"): "destroyed", ("blew", "up"): "exploded",
    ("blown", "up"): "exploded", ("let", "go"): "released",
}  # fmt: skip
"""Two words that mean what one word says plainly."""
FUNCTIONAL_RELATIONS = word_set(
    """winner won capital birthplace born founder founded author wrote written inventor invented discoverer discovered
    director directed composer composed designer designed successor succeeded predecessor preceded killed killer
    assassin assassinated mother father husband wife spouse currency commander commanded painter painted creator
    created architect discovery invention proclaimed signatory ruler monarch king queen emperor"""
)
"""Words of relations that hold of one value alone at one time."""
SUPERLATIVES = word_set("peak peaked highest lowest most least largest maximum minimum best worst record first last")

# Pairs of which only one can hold of the same thing in the same respect.
_PAIR_LIST = """win:lose won:lost victory:defeat increase:decrease increased:decreased rise:fall rose:fell grow:shrink
    grew:shrank gain:lose gained:lost majority:minority first:last largest:smallest biggest:smallest
    highest:lowest most:least best:worst more:less more:fewer before:after earlier:later early:late start:end
    started:ended began:ended open:closed opened:closed join:leave joined:left enter:leave entered:left
    ally:enemy allied:hostile friend:enemy peace:war support:oppose supported:opposed accept:reject
    accepted:rejected accepted:refused agreed:refused allow:forbid allowed:forbidden allowed:banned
    allowed:prohibited legal:illegal legalised:banned elected:appointed alive:dead survived:died born:died
    male:female man:woman men:women brother:sister father:mother son:daughter husband:wife actor:actress
    king:queen north:south east:west northern:southern eastern:western northernmost:southernmost
    easternmost:westernmost left:right upper:lower public:private
    rich:poor strong:weak high:low hot:cold large:small big:small tall:short long:short old:young older:younger
    true:false success:failure successful:unsuccessful succeeded:failed positive:negative full:empty
    same:different similar:different voluntary:forced voluntarily:forcibly always:never everyone:nobody all:none
    domestic:foreign urban:rural internal:external civilian:military minimum:maximum peaked:bottomed
    approved:rejected ratified:rejected built:destroyed founded:dissolved founded:abolished created:abolished
    married:divorced hired:fired promoted:demoted attacked:defended advanced:retreated invaded:liberated
    democratic:dictatorial fiction:nonfiction fictional:real popular:unpopular likely:unlikely known:unknown
    married:unmarried married:single mortal:immortal important:unimportant commercial:noncommercial
    predecessor:successor preceded:succeeded teacher:student buy:sell bought:sold lend:borrow import:export
    imports:exports imported:exported warmer:cooler warming:cooling hotter:colder melt:freeze faster:slower
    current:former currently:formerly active:retired active:inactive temporary:permanent winner:loser inside:outside
    best-selling:worst-selling bestselling:worst-selling employed:unemployed
    raised:lowered raise:lower raised:cut raise:cut
    accelerate:slow expand:contract expanding:shrinking advancing:retreating"""
PAIRS = tuple((pair.split(":")[0], pair.split(":")[1]) for pair in _PAIR_LIST.split())
# Words that forum posts and fact sheets use for the same relation.
SYNONYMS: tuple[tuple[str, ...], ...] = tuple(
    tuple(line.split())
    for line in """become became turn turned went go gone
    peak peaked highest maximum best record
    kill killed murdered assassinated executed shot slain
    die died death dead perished deceased passed
    birth born
    win won winner winners victory victorious triumphed carried
    lose lost defeat defeated beaten
    election elections vote votes voted poll ballot elected
    share percentage proportion percent
    begin began begun start started commenced launched outset beginning
    end ended finished concluded ceased
    found founded founding established establish created create formed set-up
    leader led head headed chief chairman ruler boss
    expel expelled exiled exile deported banished removed ousted
    invade invaded invasion attacked attack assault
    sign signed concluded agreed
    treaty pact agreement accord
    famine starvation hunger
    big large huge vast great
    movie film motion-picture
    author writer wrote written penned novelist
    country nation state
    man men human humans person persons people
    communist communists communistic communism red reds
    buy bought purchased acquired
    sell sold
    marry married wed wife husband spouse
    join joined entered member membership
    build built constructed erected
    make made produced manufactured
    song single track
    series show program programme television tv sitcom
    star stars starred starring
    direct directed director
    play played plays player
    job position post office
    near close adjacent
    quit resigned left stepped-down
    warm warming hotter warmer
    heat hot
    cold coldness chill
    albums records
    business company firm enterprise
    jail prison gaol
    cause caused causes led due
    abolish abolished dissolved disbanded ended
    nationalise nationalised nationalized nationalize
    collectivisation collectivization collectivised collectivized""".splitlines()
)
