"""Forms of one word that no ending tells: irregular verbs, short given names, countries and their people."""

# Verbs and their forms that no ending tells; forms that are mostly another word ("found", "left", "saw") are left out.
IRREGULAR: tuple[tuple[str, ...], ...] = tuple(
    tuple(line.split())
    for line in """beat beaten
    bend bent
    bite bit bitten
    blow blew blown
    break broke broken
    build built
    burn burnt
    choose chose chosen
    dig dug
    draw drew drawn
    drink drank drunk
    drive drove driven
    fall fell fallen
    feed fed
    feel felt
    fly flew flown
    forbid forbade forbidden
    forget forgot forgotten
    freeze froze frozen
    give gave given
    go went gone
    grow grew grown
    hear heard
    hide hid hidden
    hold held
    keep kept
    know knew known
    lead led
    lend lent
    lose lost
    make made
    pay paid
    ring rang
    rise rose risen
    say said
    seek sought
    sell sold
    send sent
    shake shook shaken
    sing sang sung
    sink sank sunk
    sit sat
    slay slew slain
    speak spoke spoken
    spend spent
    steal stole stolen
    strike struck stricken
    swear swore sworn
    sweep swept
    take took taken
    tear tore torn
    think thought
    throw threw thrown
    wake woke woken
    wear wore worn
    weave wove woven
    win won
    withdraw withdrew withdrawn
    write wrote written""".splitlines()
)
# Given names and their short or foreign forms.
GIVEN_NAMES: tuple[tuple[str, ...], ...] = tuple(
    tuple(line.split())
    for line in """tim timothy
    chris christopher
    mike michael mikhail
    bob bobby robert rob
    jim jimmy james
    bill billy william
    rick richard dick
    tom tommy thomas
    joe joseph josef iosif
    dan danny daniel
    dave david
    steve steven stephen
    tony anthony
    ed eddie edward
    nick nicholas nikolai nicolas
    alex alexander aleksandr alexandre
    sam samuel
    ben benjamin
    matt matthew
    greg gregory grigory
    ken kenneth
    ron ronald
    don donald
    larry lawrence
    jerry gerald
    fred frederick friedrich
    charlie charles
    andy andrew andrei
    kate kathy katherine catherine ekaterina
    liz elizabeth
    jen jennifer
    lev leon
    peter pyotr petr
    paul pavel
    maximilien maximilian
    vlad vladimir
    george georges georgy georgi
    louis ludwig
    hal harold""".splitlines()
)
# A country, its people and its adjective, first the form that stands for all of them.
DEMONYMS: tuple[tuple[str, ...], ...] = tuple(
    tuple(line.split())
    for line in """american usa america us
    british britain uk
    english england
    scottish scotland scots scot
    welsh wales
    irish ireland
    russian russia russians
    soviet ussr soviets
    german germany germans
    chinese china
    french france frenchman
    japanese japan
    polish poland poles
    spanish spain spaniard
    italian italy italians
    turkish turkey turks
    greek greece greeks
    dutch netherlands holland
    belgian belgium
    swiss switzerland
    austrian austria
    hungarian hungary
    czech czechia
    czechoslovak czechoslovakia
    yugoslav yugoslavia
    romanian romania rumania
    bulgarian bulgaria
    ukrainian ukraine
    finnish finland finns
    swedish sweden swedes
    norwegian norway
    danish denmark danes
    portuguese portugal
    canadian canada
    mexican mexico
    brazilian brazil
    argentine argentina argentinian
    australian australia
    indian india
    pakistani pakistan
    korean korea
    vietnamese vietnam
    iranian iran persia persian
    iraqi iraq
    israeli israel
    egyptian egypt
    african africa
    european europe
    asian asia
    cuban cuba
    afghan afghanistan
    mongolian mongolia mongol
    tibetan tibet
    thai thailand
    filipino philippines philippine
    indonesian indonesia
    algerian algeria
    angolan angola
    armenian armenia
    azerbaijani azerbaijan
    bangladeshi bangladesh
    belarusian belarus
    bolivian bolivia
    bosnian bosnia
    burmese burma myanmar
    cambodian cambodia
    cameroonian cameroon
    chilean chile
    colombian colombia
    congolese congo
    croatian croatia croats
    cypriot cyprus
    ecuadorian ecuador
    eritrean eritrea
    estonian estonia
    ethiopian ethiopia
    ghanaian ghana
    guatemalan guatemala
    haitian haiti
    honduran honduras
    icelandic iceland
    jamaican jamaica
    jordanian jordan
    kazakh kazakhstan
    kenyan kenya
    kuwaiti kuwait
    laotian laos
    latvian latvia
    lebanese lebanon
    libyan libya
    lithuanian lithuania
    macedonian macedonia
    malaysian malaysia
    maltese malta
    moldovan moldova
    moroccan morocco
    mozambican mozambique
    namibian namibia
    nepalese nepal
    nicaraguan nicaragua
    nigerian nigeria
    palestinian palestine
    panamanian panama
    paraguayan paraguay
    peruvian peru
    prussian prussia
    qatari qatar
    rwandan rwanda
    saudi
    senegalese senegal
    serbian serbia serbs
    singaporean singapore
    slovak slovakia
    slovenian slovenia slovene
    somali somalia
    sudanese sudan
    syrian syria
    taiwanese taiwan
    tanzanian tanzania
    tunisian tunisia
    ugandan uganda
    uruguayan uruguay
    uzbek uzbekistan
    venezuelan venezuela
    yemeni yemen
    zambian zambia
    zimbabwean zimbabwe
    jewish jew jews judaism""".splitlines()
)
