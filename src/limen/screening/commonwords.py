"""Words that are names of listed parties and, far more often, something else in a text.

A text that says "Progress" or "Phoenix" and nothing more names nobody. Read off the single
words under which the official lists print organisations, vessels and aircraft.
"""

from __future__ import annotations

_PLAIN = """
abc abs abyss accent achieve act action additional additive adf adj adjustment administration
admiral advance advanced advantage age agency air aircraft aka alanna alert alex alias align all
alpha alternative always amber amin anchor annex apex api apparatus applications applied april
aqua aquarius arc arch arena argument aria ark arm arms army arrow arsenal art arthur article asc
ascent ask aspect assembly asset assistant associated associates association ast atlas atom audit
august aurora authority auto automation autonomous avenue away axiom axis azure bahman baikal bake
ban bank banner bar bars base basic battalion baz bazaar beast bell benson best bet beta beyond
big bin bing bison bla black blo blossom blue board bob bot bpo branch bridge brigade bright
broadcasting broker building buoyant business buy called cap capital car card cargo carrier carry
cas case castle cat ccc cells center central centre chafer chain channel chemical cherry chi chief
chinese choose chosen circle citadel citi city civil class cloud club code collecting collins
color com comet command commercial commission committee communication comp companies companion
company compass complains complex component components composite computer computers concepts
concern confederation construct construction constructions consulting contact continuity contour
contracting control core cortez cosmos council court cpp cpu create creation creative cross crypto
crystal csc csp cup current dana dart data dawn dawning day death dec december decisions decree
deep defence defense del deliver delta democratic denise department deputy des design dev
developer developers development device devices dialog diamond diamonds digital direct directive
director directorate directories directors display distribution distributions distributor div
diversity division dml dok dot dpr dragon drake drive drop dynamic dynamics eagle east eastern
echo economic eden eds ego electronic elem element elements elite emerald emma energy engine
engineer engineering environment equality era establishment eta etc eternity euro ever evil
exchange experian expert exploration explorer export express face factories factoring factory
fairy faith falcon fan fast fata february federation fiber fidelity filtering financial finder
first five fleet flight floor flying fna focus food force forces foreign forest forever format
former fortune forum forward foundation fourth free freedom friday frigate front fruit full fund
future gain galaxy gallery games gamma garrison gas gateway gateways general generation geo
geographical gibraltar gid gif global globe gold golden goo good gorge government graceful
gradient grand grant great green group guard guards guidance gulf had hand handle hang harmony has
hash hawk helios helpers hero hidden high hit holidays home honor honour hope horizon horse hotel
house hub huge ice idea iii image implementing import importers impulse incorporated independent
industrial infinity info inform information infrastructure ins inspire institute instrument
instrumentation instruments int integral integrated integrity intelligence inter interface
interior international intersection invent ips iris islamic island ith its jack january jehova
jihad jit joe john journal july june jupiter justice kepler key king klass kron land lang large
lat law leader league leah left legacy legal legend lemon let level lex liberation liberty lid
life light like line lines link linker lion lit lives living logic logistic long look loop lotus
lowell lower lucky luna lux mac machine machinery machines macro macs magellan maker man
management managing manufacturing maples march marine mark market marshal martin master mat
material max maxima maximus may media medic melon member merchant mercury met meteor meter metro
micro mid military min minerva mini mining minister ministry mirage mis mistral mit mobile mod
modern module moment monday money monitor monitoring moon mor more morgan morning mosaic most
motion move movement msg napa national native navigation navy nec neon neptune net network
networking networks new news next nexus nice night ninth nla nobility noble nord north northern
nova november now npts npz nth numerical oak oasis ocean oceans october office official officials
oil old olympus omega omp only opera operation optima optimum option orange order ore org
organization orient orion osis oslo otel over pacific package pad page pain paint palace pandas
panorama paradise park part partner parts party path pay payments pct peace pearl pegasus pen
people pep perfect personal perspective phase phoenix pilot ping pink pioneer pipe pixel pkgs plan
planar planet plasma platform platforms plus pointer polar police poly popular port ports positive
post postprocessor power precision president press prestige prime print printing private
production products progress project projects prometheus prominent promising properties property
proprietary prospect proton proven pty pulse pure python quantum quest radio rainbow ran range raw
rcm reach real really reconstruction records red regent regiment region regional regulation
reliance republic research resistance resort resource resources results review revolutionary rex
rfc rgb rich rid rip rise road roll roman room rose router royal rss ruby run rust safe saga sail
saint sans sapphire sara saturday saturn saving savings scan scientific score scott sdb sea second
secret secretary section security selective semi semiconductor senate senior sense sentinel
sentinels sep september service services ses set settlement seven sever shadow shell shield
shipping siblings sierra sig sigma signal silver sky smart smarts smooth socialist soft software
sol solid solution solutions sonata song soon source south southern space spark sparta special
specialized specs spectrum speed spinner spirit sport spring spy square src ssb ssm stack standard
star stars start state statement status std steel step sterling store storm strategy stream street
strike sts studio style success successful sue sugar summer summit sun sunday sunrise super
superior supply supreme svd swallow swan switch synthesis system systems tab tan tar tara target
team technical technique techniques technology temp tempest terminal terra test texas text third
three thursday ticket tiger tile time titan tkt today together tok too tools top total tour tours
tower trade trading trans transit transport trash travel treasury tri triangle tribunal tried
triple triumph trust truth try tuesday twins typhoon ultimate umbrella union unique unit united
unity universal universe university upper value vanessa variant vast vector vega venus versa verse
vice victor victoria victory video view violet vision vital voice volcano wall wallet washington
water wave way ways web wednesday west western wheels white wholesale win wise wolf won world
young your zap zenith zinc zone
"""
_PLACES = """
donetsk luhansk lugansk crimea sevastopol simferopol feodosia kerch yalta moscow petersburg kyiv
kiev minsk tehran damascus havana caracas beijing shanghai dubai europe european america
american asia asian africa african caribbean haitian russian ukrainian iranian syrian belarusian
chinese cuban korean korea donbas donbass kherson zaporizhzhia mariupol aleppo homs latakia
tartus isfahan shiraz tabriz qom kazan samara tula saratov rostov omsk perm tver novosibirsk
vladivostok murmansk arkhangelsk siberia volga artek bryansk
"""
COMMON = frozenset((_PLAIN + _PLACES).split())
#: Acronyms of three letters that name one listed body wherever they stand in capitals.
ACRONYMS = frozenset(["fsb", "gru", "svr", "vtb", "veb", "psb", "rzd", "alq"])
#: What has to stand near a word for it to be a ship's or an aircraft's name.
CRAFT = frozenset(
    [
        "vessel",
        "vessels",
        "tanker",
        "tankers",
        "ship",
        "ships",
        "mv",
        "mt",
        "m/v",
        "m/t",
        "ss",
        "imo",
        "freighter",
        "carrier",
        "bulker",
        "aircraft",
        "yacht",
        "superyacht",
        "boat",
        "barge",
        "tug",
        "ferry",
        "cargo",
    ]
)
