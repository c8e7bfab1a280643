"""Words that turn a claim into its opposite: negations, and pairs of which one excludes the other. English only."""

NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor cannot without unable hardly barely unlike lack lacks lacked lacking "
    "fail fails failed refuse refuses refused deny denies denied avoid avoids instead rather".split()
)
_PAIRS = (
    "accept/reject accept/refuse accept/decline add/remove advantage/disadvantage after/before agree/disagree "
    "all/none allow/forbid allow/prevent allow/prohibit always/never approve/reject arrive/leave ascend/descend "
    "before/after begin/end better/worse big/small buy/sell cheap/expensive clear/unclear client/vendor close/open "
    "cold/hot complete/incomplete confirm/cancel confirm/deny correct/incorrect correct/wrong customer/supplier "
    "daily/weekly daily/monthly day/night decrease/increase decline/grow difficult/easy different/same disable/enable "
    "early/late easy/hard employer/employee empty/full enough/insufficient exclude/include excluded/included "
    "expand/shrink export/import external/internal fail/pass fail/succeed failure/success false/true fast/slow "
    "few/many first/last fixed/variable forget/remember formal/informal forward/backward free/paid gain/lose "
    "general/specific give/receive give/take good/bad happy/sad happy/unhappy harm/help hate/love heavy/light "
    "high/low higher/lower hire/fire important/unimportant improve/worsen in/out indoors/outdoors join/leave "
    "junior/senior keep/discard large/small lend/borrow less/more light/dark like/dislike likely/unlikely local/remote "
    "long/short loose/tight lose/win major/minor male/female mandatory/optional manual/automatic maximum/minimum "
    "monthly/weekly more/less morning/evening most/least narrow/wide near/far necessary/unnecessary negative/positive "
    "new/old north/south offline/online old/young on/off optimistic/pessimistic optional/required over/under "
    "part/whole past/future permanent/temporary permit/prohibit pleased/disappointed plus/minus polite/rude poor/rich "
    "possible/impossible present/absent private/public pull/push quick/slow quiet/loud raise/lower raise/reduce "
    "reduce/increase reject/support relevant/irrelevant rise/fall safe/dangerous safe/unsafe satisfied/dissatisfied "
    "save/spend separate/combined serious/joking shallow/deep similar/different simple/complex simple/complicated "
    "single/multiple single/double small/large smooth/rough start/finish start/stop strength/weakness strong/weak "
    "succeed/fail sufficient/insufficient support/oppose sure/unsure tall/short thick/thin together/separately "
    "top/bottom true/untrue up/down upper/lower useful/useless usual/unusual vertical/horizontal visible/invisible "
    "warm/cold well/badly win/lose with/without within/outside work/rest worse/better yearly/monthly yes/no"
)


def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in _PAIRS.split():
        one, other = pair.split("/")
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


OPPOSITES = _opposites()
"""Each word with those that exclude it, all in their base form."""
