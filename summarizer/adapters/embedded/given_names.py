"""First names that people of many countries bear, and ordinary capitalised words that name nobody."""

GIVEN = frozenset(
    """
    aaron abdul abdullah abel abigail achieng ada adam adele adrian agata agnes agnieszka ahmed aidan aileen aisha
    akira alain alan alastair albert alberto alden alejandro aleksandra alessandro alex alexander alexandra alexei
    alfie alfred ali alice alicia alina alison alistair alvin amal amalia amanda amara amber amelia amina amir amit
    amparo amy ana anand anastasia anders andre andrea andreas andrei andrew andrzej andy angela angus anika anil
    anita anja ann anna annabel anne annette annika anouk anthony antoine anton antonio anya aoife april arjun arlene
    arne art arthur artie arturo asha ashley astrid audrey ava axel ayesha aylin babak barbara barney barry bart basia
    bea beatrice beatriz becky bella ben benjamin benoit bernadette bernard bernd bert beth bethany betty bev bianca
    bilal bill billy birgit bjarte bjorn bob bobby boris brad brandon breda brenda brendan brett brian bridget
    brigitte britta bruce bruno bryan callum calum camille carl carla carlos carmen carol carolina caroline carter
    catherine cathy cecilia celia cem chad chantal charles charlie charlotte chen cheryl chiara chloe chris christian
    christina christine christof christoph christopher chuck ciara claire clara clare claudia claus clement clive cody
    colin colleen colm connie connor conor cora corinne cormac craig cristina curtis cynthia cyril dagmar daisy dale
    damian damien dan dana daniel daniela danny daphne daria dario darko darren dave david dawn dawit dean deb debbie
    deborah declan dee deepa deepika deirdre delia denis denise dennis derek dermot dervla desmond dev devi diana
    diane didier diego dieter dima dimitra dimitri dina dirk dmitri dolores dom dominic dominik don donal donald donna
    doreen doris dorothy dot doug dougie douglas dragan duncan dunja dwayne dwight dylan eamon earl ed eddie edgar
    edith edmund eduardo edward edwin eileen eilidh ela elaine elena eleni eli elias elif elin elisa elisabeth elise
    eliza elizabeth ella ellen elliot elsa else emil emile emilia emily emma emmanuel emre enrique enzo eoin eric
    erica erik erika erin ernest esther ethan eugene eva evan eve evelyn ewa fabian fabio faisal farah farida fatima
    felicity felipe felix femke fergal fergus fern fernando filip filipa finn fiona fleur flora florence florian fran
    frances francesca francesco francis francisco franco francois frank franz fred freda frederic frederik freya
    frieda fritz gabi gabriel gabriela gail gareth gary gavin gemma geoff george georgia georgina gerald geraldine
    gerard gerhard gert giles gill gillian gina giorgio giovanni gisela giulia glen glenn gloria gordon goran grace
    graeme graham grant greg greta gretchen guido guillaume gunnar gus guy gwen hafiz hal hamish hana hank hanna
    hannah hannes hans harald harold harry harvey hassan hazel heather hector heidi heike heinz helen helena helga
    helmut hendrik henk henri henrik henry herbert hilary hilda hiroshi holger holly hope howard hubert hugh hugo hung
    husain hussein ian ibrahim ida ignacio igor ilse imran ines inga inge ingrid iona irene irina iris irma isaac
    isabel isabella isla ismail ivan ivana ivy jack jackie jacob jacqueline jaime jake jakob jakub james jamie jan
    jana jane janet janice janine jared jasmin jason javier jay jean jeff jelena jenna jennifer jenny jens jeremy
    jerome jerry jess jesse jessica jesus jill jim jimmy jo joan joana joanna joanne joao jochen jodie joe joel johan
    johann johanna johannes john johnny jon jonas jonathan jordan jordi jorge jose josef joseph josephine josh joshua
    jost joyce juan juana juanita judith judy jude jukka jules julia julian juliana julie juliet julius jun june
    jurgen justin kai kamal karen karim karin karl karla karsten kasia kasper kate katharina katherine kathleen kathy
    katie katja katrin kavya kay keiko keir keisha keith kelly kelvin ken kenji kenneth kenny kerry kevin khalid
    kieran kim kiran kirsten kirsty klara klaus konrad kris krishna kristian kristin kristina kurt kwame kyle lara
    larry lars lata latoya laura lauren laurence laurent lea leah leanne lee leela leila len lena leo leon leonard
    leonie leroy leslie lesley lewis li liam lidia liesbeth lila lilian lily lina linda lindsay linh lionel lisa lise
    liz lizzie lloyd lois lola loretta lorna lorraine lotte lou louis louisa louise luc luca lucas lucia lucie lucille
    lucy ludo luis luisa luka lukas lukasz luke lutz lydia lyle lynn lynne mabel maddie madeleine mads mae magda
    magdalena maggie magnus mags mahmoud mai maja malcolm malik manfred manuel manuela mara marc marcel marcela marcia
    marco marcus marcy margaret margarita margit margot maria marian mariana marianne marie marija marijke marina
    mario marion marisa marit marius marjorie mark marko markus marlene marta martha martin martina marty marv mary
    maryam massimo mateo mathilde mathieu matt matteo matthew matthias mattias maud maureen maurice max maya mehmet
    mei mel melanie melissa mercy meredith mervyn mette mia micha michael michal michel michele michelle mick micky
    miguel mihai mika mike mikhail mikkel mila milan mildred miles milena mina ming mira miranda miriam mo mohamed
    mohammed moira molly mona monica monika monique morag morgan morten muhammad muriel murray mustafa myra myriam
    nadia nadine nadja nancy naomi nasser natalia natalie natasha nathan neema neil nell nelson neville niall nick
    nicola nicolas nicole nigel niklas nikola nikolai nikos nils nina nkosi noah noel nora norma norman nuala nuno
    oana odette olaf ole oleg olga oliver olivia olivier omar oona orla oscar oskar otto owen pablo paddy paige palle
    pam pamela paola paolo pascal pat patrice patricia patricio patrick paul paula pauline paulo pavel pawel pedro
    peggy penelope penny per perla pete peter petra petros phil philip philippa phillip phoebe phyllis pia pierre
    pieter piotr polly prakash pradeep priscilla priya rachel radu rafael rahul rainer raj rajesh ralf ralph ramesh
    ramil ramon ramona randy raquel rashid rasmus raul ravi ray raymond rebecca reem reggie regina reinhard remy
    renata rene renee reto rhona rhys ricardo richard rick ricky rico rita rob robert roberta roberto robin rocio rod
    roderick rodrigo roger roisin roland rolf roman ron ronald ronan ronnie rory rosa rosalind rose rosemary rosie
    ross rowan roxana roy ruben ruby rudi rudolf rui rupert russell ruth ryan saad sabine sabrina sachin sadia said
    salim sally salma sam samantha samir samira samuel sana sandeep sander sandra sandrine sandy sanjay santiago sara
    sarah sasha saskia satoshi saul scott sean sebastian selma sergei sergio seth shane shanice shannon sharon shaun
    shawn sheila shelley sherry shirin shirley shreya sian sibel sidney sigrid silke silvia simon simona simone sinead
    siobhan sofia solange sonia sonja sophia sophie soren stacey stan stanley stefan stefano steffen stella sten
    stephanie stephen steve steven stewart stuart sue suki sunil suresh susan susana susanne suzanne sven svetlana
    sybil sylvia tadhg tamara tammy tamsin tania tanja tanya tara tariq tatiana ted teddy teresa terence terry tess
    tessa thabo thandi thea theo theodor theresa thierry thomas thor thorsten tibor tiffany tilda tim timo tina tobias
    toby todd tom tomas tomasz tommy toni tony tor torben tracey tracy trevor tricia trish tristan trudi trudy tunde
    uli ulrich ulrike una ursula uschi ute uwe valentin valentina valeria valerie vanessa vasil vera verity veronica
    veronika vesna vicki vicky victor victoria vijay viktor vikram vincent vincenzo viola violet virginia vivian
    vladimir walt walter wanda wanjiru wayne wendell wendy werner wes wesley wilbur wilf wilfred wilhelm willem
    william willy wim winston wolfgang wouter xavier yan yana yann yannick yara yasemin yasir yasmin yolanda yosef
    yuki yuri yusuf yvette yvonne zahra zainab zara zbigniew zdenek zeynep zoe zofia zoltan zuzana
    """.split()
)

WORDS_TOO = frozenset(
    """
    art axel bart basia bill carol chuck dale dan dawn dean deb dee dot earl floor frank gene gill glen grace graham
    grant hal hank heather hector holly hope ian ivy jack jake jean jo joan jon joy june lance lee len lily list
    long lotte mae mai mark max may mei mel mercy miles mo nick noel norm olive pat per pearl penny peter phil
    pierce rich rob robin rod rose rosemary ross roy ruby sally sam sandy star stone sue summer ted theo tim tom
    tony tor val verity veronica victor violet wade ward wes will wim win
    """.split()
)
"""First names that are words as well, and that only a capital tells from these."""

ORDINARY = frozenset(
    """
    ours mine yours theirs us me him
    i monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
    sundays january february march april may june july august september october november december mon tue tues wed thu
    thur thurs fri sat sun feb mar apr jul aug sep sept oct nov dec christmas xmas easter ramadan eid tet diwali
    thanksgiving labor labour boxing god english german germans french spanish italian italians polish danish swedish
    swedes norwegian norwegians finnish dutch greek greeks turkish chinese mandarin japanese korean arabic hindi thai
    welsh irish scottish gaelic british american americans canadian european romanian czech portuguese swahili
    vietnamese belgian australian indian filipino ugandan africa europe asia america australia canada india china
    japan germany france spain italy poland norway sweden finland denmark portugal ireland scotland england wales
    turkey greece mexico singapore london dublin paris berlin madrid lisbon whatsapp excel word google android apple
    teams zoom windows outlook microsoft facebook instagram azure oracle sharepoint quickbooks wordpress powerpoint
    entra starlink indesign street road lane house hall council board committee trust fund bank school university
    college society union club church hotel hotels ministry department office services service centre center limited
    ltd gmbh inc plc llc firma finance legal procurement estates marketing facilities operations accounts purchasing
    sales security engineering production maintenance depot plant warehouse hi hello dear hey thanks thank regards
    best kind cheers morning afternoon evening sent from to cc subject date re fw fwd ok okay yes no not and but or so
    if when the a an we you he she they it our your my his her their this that these those there here what who how why
    where which all each every some any please also just now then well right good great new old north south east west
    first second one two three four five six seven eight nine ten director manager president chairman secretary
    treasurer minister governor chief executive officer head lead client vendor customer supplier everybody everyone
    nobody somebody someone anybody anyone mum dad mama papa boss speaker speakers attendees present notes note call
    mail email phone room website web app data project price total question questions scope dates quote offer invoice
    contract met only yesterday today tomorrow original message forwarded begin contact engineer coordinator vice
    associate general senior hola habari guten hej in on at of for by with as is are was were be been do does did have
    has had will would can could shall should must ask tell call greet dear let got said asked told see saw after
    before until while because since than once maybe perhaps sorry great fine sure deal team group day days week weeks
    month year north line site shop store street water city town county state place sounds looks seems confirmed
    approved agreed noted understood
    """.split()
)
