"""The words that tell a citation number from a dose, a count, a name or a year: tables only."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# After these a number is a quantity or a rank, never a citation.
NEVER_BEFORE = _words(
    """
    a an the of to at in on for from by with within without than over under above below about around
    approximately nearly almost roughly least most until till after since between and or nor vs versus plus
    minus x × per every each only exactly precisely is was are were be been being equals equal equaled equalled
    no not no. nos. n aged type grade stage phase class step week day month year hour minute second decade table
    figure fig fig. figs. section chapter appendix part parts page p. pp. version vitamin omega covid schedule
    tier visit gravida para trimester quartile quintile zone chromosome rank top scored rated averaged totaled
    totalled totaling max. min. reached reaches exceeds exceeded exceeding became numbered ph vol vol. ed.
    trisomy interleukin coenzyme kv nav cox pde january february march april may june july august september
    october november december jan. feb. mar. apr. jun. jul. aug. sept. oct. nov. dec. approx. ca. circa c. s.
    dr. st. ± + - – — / = < > ≤ ≥ ~ ≈ # $ € £ % & * · • age number
    """
)
# After these a number is mostly a quantity, but a sentence may end on them too: a person decides.
MAY_COUNT = _words(
    """
    types grades stages phases classes levels level categories category groups group arms arm steps weeks days
    months years hours minutes seconds decades cycles cycle tables figures sections chapters pages versions
    vitamins tiers visits degrees degree zones ratio total sum count counts value values cutoff cut-off
    threshold limit maximum minimum max min range ranges size items item questions questionnaire module volume
    series unit units session sessions time times average mean median mode edition lead score scores scale box
    panel room factor issue article up down before question first last next past previous numbers ages
    """
)
# Abbreviations whose next number is a value or a part of the name.
NEVER_AFTER_ABBREVIATION = _words(
    """
    INR BMI GFR EGFR PH VAS NRS ASA ECOG MRS GCS NNT NNH OR RR HR CI SD SE IQR LDL HDL PSA TSH BP HB WBC ICD DSM
    PHQ GAD SF ISI HBA1C HSV HPV HHV HTLV COV SARS-COV COVID IL COX PDE SGLT SGLT- GLP DPP BRCA CYP NAV KV TRPV
    COQ CHA2DS2-VASC CHADS APGAR KPS MMSE MOCA EQ EDSS QTC N P
    """
)
# Bodies that recommend things: a number after them is a citation, not a part of the name.
BODIES = _words("FDA EMA WHO CDC NICE NIH IDSA HIVMA AHA ADA AAN ESC ACC ASCO IASP USPSTF EFNS EAN ACP AAFP MHRA")
# Singular nouns that may carry a number of their own ("study 3", "dose 2", "receptor 4").
MAY_BE_NUMBERED = _words(
    """
    dose doses study trial case patient subject participant line point points criterion option question example
    method model protocol regimen formula scenario objective aim outcome endpoint hypothesis site center centre
    receptor protein peptide virus antigen subtype isoform kinase cotransporter transporter coronavirus
    papillomavirus peptidase phosphodiesterase cyclooxygenase channel ligand neurofibromatosis deiodinase
    aquaporin complement domain death cohort sample experiment target variant generation rule recommendation
    statement recital annex note footnote
    """
)
# A number that is already spent on one of these leaves a following number free: "for 3 weeks 1."
QUANTITIES = _words(
    """
    % mg g kg mcg µg μg ng ml l dl mmol mol iu units mm cm m hz khz w kcal week weeks day days month months year
    years hour hours minute minutes second seconds times percent points cases studies trials patients degrees
    cycles sessions mg/day mg/kg mg/kg/day g/day mg/dl mmol/l ml/min times/day
    """
)
NUMBER_WORDS = _words("one two three four five six seven eight nine ten twelve several many few")
# After a comma these begin a new clause, so a number before it is not the first of a count.
CLAUSE_STARTS = _words("but which while although though whereas however particularly especially including")
# A number before one of these, after a word that may carry a citation, is worth a person's look.
JOINING_WORDS = _words("and or but which while although whereas")
# Before `[3]` these mean an interval or a set of values; before a superscript they make a power or a statistic.
BEFORE_INTERVAL = _words("ci iqr range interval median mean sd between from")
BEFORE_POWER = _words("m cm mm km nm µm μm kg/m mg/m g/m l/m ml/m w/m in ft s min h l dl ml chi χ")
