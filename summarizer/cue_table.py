"""The cues by which a clause is sorted, as data: a kind, a weight, and the wordings that carry it. English only."""

from summarizer.cue_words import EVENT, FEW, GIVE, LIMIT, PERSON, PRICE, THING, WILL, WORK, cue
from summarizer.items import Kind, Side

_EXCLUSION = (
    cue(
        Kind.EXCLUSION,
        2.6,
        r"out of scope\b",
        r"not (?:in|part of|within) (?:the |our |your )?(?:scope|this)\b",
        r"exclud(?:ed|es|ing)\b",
        r"falls? away\b",
        r"(?:forget|kill|scrap|bin|drop|skip) (?:about )?(?:the|that)\b",
        r"(?:throw|take) (?:it|that|those) (?:away|out)\b",
        r"(?:can|may) (?:be )?(?:dropped|skipped|throw away|left out)\b",
        r"nothing for .{1,40} (?:under|in|on) this\b",
        r"not (?:under|for) this (?:po|order|contract|project|deal)\b",
        r"(?:do not|don['’]?t) (?:convert|migrate|build|include|bring|touch|quote|go near|change|replace|"
        r"install|move|"
        r"translate|design|deliver|do)\b(?!.*\b(?:yet|until|without|before|either)\b)",
    ),
    cue(
        Kind.EXCLUSION,
        2.4,
        r"no longer (?:need|want|require|part)",
        r"not needed\b",
        r"(?:don['’]?t|do not|won['’]?t) need (?!to\b)",
        r"no (?!later|more|longer|idea|problem|doubt|rush|need|one\b)[a-z-]+(?:, no| or) [a-z-]+",
        r"(?:is|are|get|gets) (?:handled|done|covered|booked|looked after|run|"
        r"paid)(?: and \w+)? by (?!the end)[A-Zo]\w+",
    ),
    cue(
        Kind.EXCLUSION,
        2.4,
        r"(?<!if )(?:we|they|he|she|it|lot|team|people|staff|somebody|with|do|does)\b.*(?<!by )\b(?:themselves|"
        r"ourselves|himself|herself|in-house)\b",
        r"let['’]?s (?:drop|skip|park|leave out|forget|not do)\b",
        r"carry on (?:doing|with) (?:it|that|them|those|this)\b",
        side=Side.CLIENT,
    ),
    cue(
        Kind.EXCLUSION,
        2.2,
        r"(?:stays?|staying|remains?) (?:there|where (?:it|they)|with us|in[- ]house|"
        r"out)\b",
        r"leave (?:that|it|this|them) (?:to|with|out|alone)\b",
        r"not (?:through|thru|via) (?:you|us)\b",
        r"new (?:instruction|contract|po)\b",
        r"separate (?:project|contract|order|quote|piece)\b",
        r"(?:so|is|['’]s) (?:dead|off the table)\b",
        r"(?:we|you) (?:won['’]?t|will not|would not|wouldn['’]t) (?:be )?(?:do|touch|build|cover|provid|includ|"
        r"support)",
    ),
    cue(
        Kind.EXCLUSION,
        1.8,
        r"not (?:included|our (?:job|part)|your (?:job|part)|for you)\b",
        r"(?:their|our) (?:own )?[\w ]{2,20} (?:have|has|do|does|handles?) (?:it|that|this)\b",
    ),
)
_METRIC = (
    cue(
        Kind.SUCCESS_METRIC,
        1.2,
        rf"{LIMIT} (?:about |ca\.? |around )?(?:[\d.,]|\w+ (?:percent|per cent|%|out of|a |days|hours|minutes|"
        rf"working))",
        needs="number",
    ),
    cue(
        Kind.SUCCESS_METRIC,
        1.3,
        r"(?:wants? (?!to\b|a\b|them\b)|expects?|target|goal|aim(?:s|ing)?\b|make (?:her|his|my|our) (?:year|"
        r"day)|after:)",
        needs="number",
    ),
    cue(
        Kind.SUCCESS_METRIC,
        1.6,
        r"(?:success|kpis?|measur(?:e|ed|ing)|judged?|worth it|score|what good looks)\b",
        r"hold (?:you|us|them|him|her) to\b",
        r"(?:results?|metrics?) (?:is|are|we)\b",
    ),
    cue(Kind.SUCCESS_METRIC, 2.6, r"(?:accept(?:ance|ed)?|sign(?:ed)? off) (?:when|once|only if)\b", needs="number"),
    cue(
        Kind.SUCCESS_METRIC,
        0.9,
        r"(?:currently|today|now|at the moment|last (?:year|month|week|quarter)|stands? at|running at|runs at|"
        r"used to be)\b",
        needs="number",
    ),
    cue(
        Kind.SUCCESS_METRIC,
        1.0,
        r"(?:reduc|cut(?:s|ting)? .{1,30} (?:by|to|from)|increas|rais(?:e|ing)|improv|grow|halv|doubl|shorten|"
        r"los(?:e|ing|es)\b)",
        r"(?:drop|fall|rise|go up|come down)s? (?:from|to|by|below|under|above)\b",
        needs="number",
    ),
    cue(
        Kind.SUCCESS_METRIC,
        0.7,
        r"\d ?%",
        r"\w+ per ?cent",
        r"\w+ in 100\b",
        r"out of (?:five|ten|5|10)\b",
        needs="number",
    ),
    cue(
        Kind.SUCCESS_METRIC,
        0.8,
        r"(?:i|we|she|he|they)(?:['’]d| would)? (?:want|need|expect)s? (?:it|them|that|to see)\b.*\b(?:by|"
        r"within|under|below|before|on)\b",
    ),
)
_DEPENDENCY = (
    cue(
        Kind.DEPENDENCY,
        2.3,
        rf"(?:could|can|would|will) (?:you|somebody|someone|one of you) (?:please |kindly |also )*{GIVE}\b",
        side=Side.VENDOR,
    ),
    cue(Kind.DEPENDENCY, 2.1, rf"(?:please|kindly) {GIVE}\b", side=Side.VENDOR),
    cue(
        Kind.DEPENDENCY,
        2.2,
        r"(?:we|i)(?:['’]ll| will|['’]d| would)? (?:also |still )*(?:need|require)\b(?! to (?:know|ask|talk|"
        r"discuss|check))",
        side=Side.VENDOR,
    ),
    cue(
        Kind.DEPENDENCY,
        1.4,
        r"(?:need|want|wait(?:ing)?|get) .{1,60} from (?:you|your|the client|him|her|them|his|their)\b",
    ),
    cue(
        Kind.DEPENDENCY,
        2.2,
        rf"(?:i|we)(?: also)?(?: {WILL}|{WILL}) (?:also |then |make sure |personally )*{GIVE}\b",
        r"you(?: will|['’]ll)? (?:get|have|receive)\b.*\b(?:by|on|from (?:me|us))\b",
        side=Side.CLIENT,
    ),
    cue(Kind.DEPENDENCY, 2.2, rf"{PERSON} ?{WILL} (?:\w+ )?(?:{GIVE}|have (?:it|them|that))\b"),
    cue(
        Kind.DEPENDENCY,
        2.2,
        r"(?:has|have|needs?) to (?:agree|approve|sign|clear|confirm|say yes|release|decide|accept|"
        r"be (?:at|with|ready|in place))",
        r"must (?:approve|agree|sign|confirm|have signed|be (?:at|with|ready))",
    ),
    cue(
        Kind.DEPENDENCY,
        1.0,
        r"sign(?:s|ed|ing)?[- ]?off\b",
        r"approv(?:e|es|al|ed)\b",
        r"signature\b",
        r"decision (?:from|on|by)\b",
        r"permits?\b",
        r"consent\b",
    ),
    cue(
        Kind.DEPENDENCY,
        1.6,
        r"(?:should|must|has to|have to|needs? to|will) be (?:here|ready|with us|made|there|in place|available|"
        r"installed)\b",
    ),
    cue(Kind.DEPENDENCY, 1.6, r"(?:they|it|he|she|these|those)['’]ll be (?:here|ready|with you|in place|available)\b"),
    cue(
        Kind.DEPENDENCY,
        1.4,
        r"depends? on\b",
        r"subject to\b",
        r"until (?:i|we|they|you) have\b",
        r"(?:before|until) (?:we|you) (?:can|start|begin|install|send|may)\b",
    ),
    cue(
        Kind.DEPENDENCY,
        1.0,
        r"(?:access|credentials?|log-?ins?|service accounts?|api keys?|test data|vpn|sandbox|extracts?|sample data|"
        r"brand guidelines|floor plans?)\b",
    ),
    cue(
        Kind.DEPENDENCY,
        1.6,
        r"(?:sends?|makes|provides|supplies|delivers|gets|gives|brings|signs|frees|produces) .*\b(?:until|by|"
        r"before|from)\b",
        needs="date",
    ),
    cue(
        Kind.DEPENDENCY,
        1.2,
        r"(?:i|we)(?:['’]m| am|['’]re| are) (?:doing|chasing|sending|getting|arranging|ordering)\b",
        r"chasing\b",
        r"(?:needs?|wants?|['’]d want) .{1,40} (?:frozen|final|finished|signed|ready|complete)\b",
    ),
    cue(Kind.DEPENDENCY, 0.6, r"(?:by|until|no later than|before) ", needs="date"),
    cue(Kind.DEPENDENCY, 1.8, r"(?:answer|reply|respond|get back)s? (?:to .{1,20} )?within\b", side=Side.CLIENT),
)
_MILESTONE = (
    cue(Kind.MILESTONE, 1.7, rf"{EVENT}\b", needs="date"),
    cue(Kind.MILESTONE, 0.5, r"on (?:the )?(?:\w+day )?(?:the )?\d", r"(?:is|are) ", needs="date"),
    cue(Kind.MILESTONE, 0.7, r"(?:perfect|ok|agreed|fine|works|noted|good)\b", needs="date"),
)
_OBLIGATION = (
    cue(Kind.OBLIGATION, 2.2, rf"{PRICE}\b", needs="money"),
    cue(
        Kind.OBLIGATION,
        2.0,
        r"(?:pay(?:s|ment|able)?|paid|invoic\w+|in arrears|net \d+|direct debit|deposit|retainer)\b.*"
        r"\b(?:days?|weeks?|after|month|monthly|once|upon|half|single|advance|arrears|debit)\b",
    ),
    cue(
        Kind.OBLIGATION,
        2.4,
        r"(?:penalt(?:y|ies)|liquidated|deduct(?:ion|ed)?|of (?:the )?contract value|service credits?|damages)\b",
        needs="number",
    ),
    cue(
        Kind.OBLIGATION,
        2.2,
        r"(?:sla|uptime|availability of|response times?|respond within|hours a day|24/7|on[- ]call)\b",
        r"(?:gdpr|iso ?27001|soc ?2|hipaa|pci|wcag|dpa|nda|confidential\w*|embargo\w*|non-disclosure)\b",
        r"(?:guarantee|warranty|retention)\b.*\b(?:months?|years?)\b",
        r"(?:months?|years?)\b.*\b(?:guarantee|warranty|retention)\b",
    ),
    cue(
        Kind.OBLIGATION,
        1.0,
        r"(?:must|shall|is to be|are to be|may not|never|always|only|nobody|no one|at all times|every person|"
        r"anyone|have to)\b",
        r"\w+['’]s to be\b",
    ),
    cue(Kind.OBLIGATION, 1.6, r"in writing\b", r"written (?:approval|consent|notice)\b"),
    cue(
        Kind.OBLIGATION,
        1.8,
        r"(?:hosted|data (?:stays?|sits?|residency|centre)|uk (?:south|west)|(?:in|inside|within) the eu)\b",
        r"(?:sits?|leaves?|goes) anywhere\b",
        r"(?:stays?|kept|remains?) (?:on|in|within|inside) .{0,30}\b(?:uk|eu|europe|country|region)\b",
        r"(?:needs?|requires?) my (?:signature|approval|consent|word)\b",
        r"encrypt\w+",
        r"on-prem",
        r"(?:insist on|in person|no substitut\w*|stays on the (?:job|project)|named (?:lead|person)|nobody else)\b",
        r"(?:insurance (?:of|cover|policy|certificate)|insured|accredited|dbs|security clearance|vetted|"
        r"background checks?)\b",
        r"without (?:asking|my|our|written|telling|prior)\b",
        r"ask .{1,20} first\b",
        r"(?:monthly|weekly|quarterly|daily|fortnightly) (?:status |progress |written )?(?:reports?|calls?|"
        r"meetings?|reviews?)\b",
    ),
    cue(
        Kind.OBLIGATION,
        2.6,
        r"(?:destroy(?:ed)?|wiped|deleted|erased|purged)\b.*\b(?:days?|months?|after|within|end)\b",
        r"(?:comes?|taken|knocked) off (?:the|that|your)\b.*\b(?:fee|bill|invoice|price)\b",
    ),
    cue(
        Kind.OBLIGATION,
        1.7,
        r"(?:licen[cs]ed? (?:to|for)|rights|usage|ownership|copyright|intellectual property|belongs? to us|"
        r"royalt\w+)\b",
    ),
    cue(
        Kind.OBLIGATION,
        1.6,
        r"(?:between|from|after|before|until) \d{1,2}(?:[:.]\d\d| ?[ap]m) (?:and|to|on weekdays|every)",
        r"(?:no noise|quiet hours|working hours|out of hours|at most .{1,15} people)\b",
    ),
)
_SCOPE = (
    cue(
        Kind.SCOPE,
        2.0,
        rf"we(?:['’]ll|['’]d| will| would| can| shall| could)?(?: also| then| both)* {WORK}",
        r"(?:one of us|somebody) (?:on|at|in) ",
        side=Side.VENDOR,
    ),
    cue(
        Kind.SCOPE,
        1.7,
        rf"(?:we|i)(?:['’]d| would)? (?:also )?(?:need|want|like|require|looking for|after)\b.*\b{THING}\b",
        side=Side.CLIENT,
    ),
    cue(Kind.SCOPE, 1.2, rf"(?<![\w-] )(?<![\w-]){WORK}", needs="listed"),
    cue(Kind.SCOPE, 1.0, rf"{THING}\b"),
    cue(Kind.SCOPE, 0.8, rf"{FEW} (?:[\w-]+ ){{0,2}}{THING}\b"),
    cue(Kind.SCOPE, 0.9, r"", needs="listed"),
    cue(Kind.SCOPE, 0.8, r"", needs="listed number"),
    cue(
        Kind.SCOPE,
        1.7,
        r"(?:in scope|is included|are included|you get|please (?:keep|include|add|leave) .* in)\b",
        r"(?:also|too) for both\b",
    ),
    cue(Kind.SCOPE, 1.4, rf"{WORK}\w* (?:it |them )?(?:with|in|for|into|on|from)\b.*\bplease\b", side=Side.CLIENT),
    cue(Kind.SCOPE, 1.2, r"there (?:are|is|comes?|will be) (?:to be )?", needs="number"),
)
_OPEN = (
    cue(
        Kind.OPEN_QUESTION,
        2.7,
        r"undecided",
        r"(?:not|have ?n['’]?t|has ?n['’]?t|is ?n['’]?t) (?:yet )?(?:been )?(?:decided|agreed|settled)\b",
        r"(?:could|can|did)n['’]?t (?:agree|decide)\b",
        r"(?:do|have|has|does|did) not (?:yet )?(?:agree|decide)\w*",
        r"(?:tbc|tbd|tba)\b",
        r"to be (?:decided|confirmed|agreed|discussed)\b",
        r"(?:open|outstanding) (?:question|point)",
        r"up in the air\b",
        r"neither of us\b",
        r"jury is (?:still )?out\b",
        r"can['’]?t (?:give you an answer|answer|say yet|tell you yet)\b",
        r"not able to answer\b",
        r"(?:leave|leaving) .{1,40}(?:unanswered|open|hanging)\b",
        r"(?:don['’]?t|do not) (?:build|set|start|order|plan)\b.*\b(?:yet|either)\b",
    ),
    cue(
        Kind.OPEN_QUESTION,
        2.4,
        r"(?:don['’]?t|do not) know (?:yet|whether|if)\b",
        r"not sure (?:yet|whether|if)\b",
        r"still (?:discussing|debating|arguing|deciding|thinking|looking into)\b",
        r"\w+ ?\?\?",
        r"(?<=\?\? )\w",
    ),
    cue(
        Kind.OPEN_QUESTION,
        2.0,
        r"(?:decide|come back to you|revert|let you know)\b.*\b(?:before|later|when|once|new year|next|until)\b",
        r"i['’]ll (?:ask|check) .* (?:come|get) back\b",
    ),
)
CUES = (*_EXCLUSION, *_METRIC, *_DEPENDENCY, *_MILESTONE, *_OBLIGATION, *_SCOPE, *_OPEN)
