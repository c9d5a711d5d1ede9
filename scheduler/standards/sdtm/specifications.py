"""The datasets and their variables: names and labels of SDTM v2.0 (SDTMIG 3.4), and where each comes from here.

Only variables that this program can fill are there; those of the standard that it knows nothing of are not made up.
"""

from __future__ import annotations

from typing import cast

from scheduler.standards.sdtm.datasets import STUDY_DAY_NOTE, Sort, Specification, Variable

_COMMON = """
STUDYID | Study Identifier | text | | Protocol | the protocol's study
DOMAIN | Domain Abbreviation | text | DOMAIN | Assigned | the dataset
"""
_SUBJECT = f"""{_COMMON}
USUBJID | Unique Subject Identifier | text | | Assigned | the study and the patient's number
"""


def _specification(name: str, label: str, one_record: str, keys: str, *tables: str) -> Specification:
    """From lines "name | label | sort | codelist | origin | source"; "--" stands for the domain, as in the standard."""
    lines = (line for table in tables for line in table.strip().splitlines() if line.strip())
    cells = ([" ".join(cell.split()) for cell in line.replace("--", name).split("|")] for line in lines)
    variables = tuple(Variable(cell[0], cell[1], cast(Sort, cell[2]), cell[3], cell[4], cell[5]) for cell in cells)
    return Specification(name, label, one_record, tuple(keys.split()), variables)


_SEQ = "--SEQ | Sequence Number | integer | | Assigned | counted from 1 for each patient\n"
_EPOCH = "EPOCH | Epoch | text | EPOCH | Derived | the epoch that had begun by the first day of the record\n"
_VISIT = """
VISITNUM | Visit Number | float | | Protocol | TV; of what TV does not list, after the visit before it
VISIT | Visit Name | text | | Protocol | the visit's title
"""


def _days(name: str, what: str, source: str) -> str:
    return f"""
{name}STDTC | Start Date/Time of {what} | text | ISO 8601 | Collected | {source}
{name}ENDTC | End Date/Time of {what} | text | ISO 8601 | Collected | {source}
{name}STDY | Study Day of Start of {what} | integer | | Derived | {STUDY_DAY_NOTE}
{name}ENDY | Study Day of End of {what} | integer | | Derived | {STUDY_DAY_NOTE}
"""


_ARM = """
ARMCD | Planned Arm Code | text | | Protocol | the arm's name in the protocol
ARM | Description of Planned Arm | text | | Protocol | the arm's title
"""
_ELEMENT = """
ETCD | Element Code | text | | Assigned | from the epoch, and from the arm where arms differ
ELEMENT | Description of Element | text | | Assigned | the epoch, or the arm's title
"""

TA = _specification(
    "TA", "Trial Arms", "one record per planned element per arm", "STUDYID ARMCD TAETORD", _COMMON, _ARM,
    "TAETORD | Planned Order of Element within Arm | integer | | Protocol | the order of epochs", _ELEMENT,
    """
    TABRANCH | Branch | text | | Protocol | randomisation, where there are several arms
    TATRANS | Transition Rule | text | | Protocol | none: an epoch follows the one before it
    EPOCH | Epoch | text | EPOCH | Protocol | the protocol's epochs; SCREENING, TREATMENT, FOLLOW-UP where it names none
    """,
)  # fmt: skip
TE = _specification(
    "TE", "Trial Elements", "one record per planned element", "STUDYID ETCD", _COMMON, _ELEMENT,
    """
    TESTRL | Rule for Start of Element | text | | Protocol | the sentence by which the epoch begins
    TEENRL | Rule for End of Element | text | | Protocol | the sentence by which the next epoch begins
    TEDUR | Planned Duration of Element | text | ISO 8601 | Protocol | none is planned
    """,
)  # fmt: skip
TV = _specification(
    "TV", "Trial Visits", "one record per planned visit, per arm where arms differ", "STUDYID ARMCD VISITNUM", _COMMON,
    """
    VISITNUM | Visit Number | float | | Assigned | the order of planned days; those that wait for something come last
    VISIT | Visit Name | text | | Protocol | the visit's title
    VISITDY | Planned Study Day of Visit | integer | | Protocol | the planned day where nothing moves it; missing \
        where it depends on the calendar or on what happens
    ARMCD | Planned Arm Code | text | | Protocol | the arm, where arms differ
    ARM | Description of Planned Arm | text | | Protocol | its title
    TVSTRL | Visit Start Rule | text | | Protocol | the sentence that dates it
    TVENRL | Visit End Rule | text | | Protocol | none is said
    """,
)  # fmt: skip
TI = _specification(
    "TI", "Trial Inclusion/Exclusion Criteria", "one record per criterion", "STUDYID IETESTCD", _COMMON,
    """
    IETESTCD | Inclusion/Exclusion Criterion Short Name | text | | Protocol | the criterion's number
    IETEST | Inclusion/Exclusion Criterion | text | | Protocol | the criterion, word for word
    IECAT | Inclusion/Exclusion Category | text | IECAT | Protocol | INCLUSION or EXCLUSION
    TIVERS | Protocol Criteria Versions | text | | Protocol | the version of the protocol
    """,
)  # fmt: skip
TS = _specification(
    "TS", "Trial Summary", "one record per parameter value", "STUDYID TSPARMCD TSSEQ", _COMMON,
    """
    TSSEQ | Sequence Number | integer | | Assigned | counted from 1 for each parameter
    TSPARMCD | Trial Summary Parameter Short Name | text | TSPARMCD | Assigned | what the protocol says; others are \
        not made up
    TSPARM | Trial Summary Parameter | text | TSPARM | Assigned | the parameter's name
    TSVAL | Parameter Value | text | | Protocol | the protocol's own words, or the codelist's term for them. SSTDTC: the \
        first consent of the patients that were exported; DCUTDTC: the last day that was exported
    TSVALCD | Parameter Value Code | text | | Assigned | the code of a value that is the same in every study
    TSVCDREF | Name of the Reference Terminology | text | | Assigned | CDISC CT where there is a code; ISO 8601 of dates
    TSVCDVER | Version of the Reference Terminology | text | | Assigned | the terminology's version, where there is a code
    """,
)  # fmt: skip
DM = _specification(
    "DM", "Demographics", "one record per patient", "STUDYID USUBJID", _SUBJECT,
    """
    SUBJID | Subject Identifier for the Study | text | | Assigned | the patient's number
    RFSTDTC | Subject Reference Start Date/Time | text | ISO 8601 | Derived | the first dose that was given
    RFENDTC | Subject Reference End Date/Time | text | ISO 8601 | Derived | the end of treatment
    RFXSTDTC | Date/Time of First Study Treatment | text | ISO 8601 | Derived | the first day in EX
    RFXENDTC | Date/Time of Last Study Treatment | text | ISO 8601 | Derived | the last day in EX
    RFICDTC | Date/Time of Informed Consent | text | ISO 8601 | Collected | the first consent
    RFPENDTC | Date/Time of End of Participation | text | ISO 8601 | Collected | death, withdrawal from all, screen \
        failure
    DTHDTC | Date/Time of Death | text | ISO 8601 | Collected | death
    DTHFL | Subject Death Flag | text | NY | Derived | Y where a death is recorded
    SITEID | Study Site Identifier | text | | Assigned | the site's name
    AGE | Age | integer | | Collected | the attribute age, the last up to the first dose
    AGEU | Age Units | text | AGEU | Assigned | YEARS, where there is an age
    SEX | Sex | text | SEX | Collected | the attribute sex; U where it is not recorded as female or male
    RACE | Race | text | RACE | Collected | the attribute race where it is a term of the codelist; else not collected here
    """,
    _ARM,
    """
    ACTARMCD | Actual Arm Code | text | | Derived | the arm, once a dose was given
    ACTARM | Description of Actual Arm | text | | Derived | its title
    ARMNRS | Reason Arm and/or Actual Arm is Null | text | ARMNULRS | Derived | screen failure, not assigned, or \
        assigned and not treated
    ACTARMUD | Description of Unplanned Actual Arm | text | | Assigned | none: nobody is treated in an arm that is not \
        planned
    COUNTRY | Country | text | ISO 3166-1 Alpha-3 | Assigned | the country that the site's file says; missing where it \
        says none
    """,
)  # fmt: skip
SE = _specification(
    "SE", "Subject Elements", "one record per element that a patient was in", "STUDYID USUBJID SESEQ", _SUBJECT,
    _SEQ, _ELEMENT, "EPOCH | Epoch | text | EPOCH | Derived | the protocol's epochs",
    _days("SE", "Element", "the first day of the epoch; of the first one, consent or the first record"),
)  # fmt: skip
SV = _specification(
    "SV", "Subject Visits", "one record per visit that took place, or is known not to have", "STUDYID USUBJID SVSEQ",
    _SUBJECT, _SEQ, _VISIT,
    """
    SVPRESP | Pre-specified | text | NY | Derived | Y for what the protocol plans
    SVOCCUR | Visit Occurrence | text | NY | Collected | Y where it took place, N where it is recorded as not done
    SVREASOC | Reason for Occur Value | text | | Collected | the recorded reason
    VISITDY | Planned Study Day of Visit | integer | | Protocol | TV of the patient's arm
    """,
    _EPOCH, _days("SV", "Observation", "the recorded day"),
    "SVUPDES | Description of Unplanned Visit | text | | Collected | what was done at a visit that nobody planned",
)  # fmt: skip


def _amounts(which: str) -> str:
    return f"""
    --DOSE | Dose | float | | Derived | {which}
    --DOSU | Dose Units | text | UNIT | Protocol | the dose's unit
    --DOSFRM | Dose Form | text | FRM | Protocol | the product's form, where there is one
    --DOSFRQ | Dosing Frequency per Interval | text | FREQ | Protocol | how often on each of the days
    --DOSTOT | Total Daily Dose | float | | Collected | what was reported of a whole day that has several doses: how \
        much each of them was, nobody said
    --ROUTE | Route of Administration | text | ROUTE | Protocol | the sentence of what is given
    """


EC = _specification(
    "EC", "Exposure as Collected", "one record per dose, or per days with the same dose", "STUDYID USUBJID ECSEQ",
    _SUBJECT, _SEQ,
    """
    ECLNKID | Link ID | text | | Assigned | the cycle, dose or fraction: what was scheduled and what became of it \
        share it
    ECTRT | Name of Treatment | text | | Protocol | the drug or course
    ECMOOD | Mood | text | BRDGMOOD | Assigned | SCHEDULED: the dose in force of each day that had come; PERFORMED: \
        what was recorded
    ECPRESP | Pre-Specified | text | NY | Assigned | Y
    ECOCCUR | Occurrence | text | NY | Collected | Y where it was recorded as given or taken, N where it was not or \
        was on hold; of what nobody reported there is no record
    ECREASOC | Reason for Occur Value | text | | Collected | the recorded reason
    """,
    _amounts("the amount of one dose; missing where it was not given or nobody knows it, never 0"),
    _EPOCH, _days("EC", "Treatment", "the recorded day; SCHEDULED: the ideal day of a dose at the site, else its day"),
)  # fmt: skip
EX = _specification(
    "EX", "Exposure", "one record per dose, or per days with the same dose", "STUDYID USUBJID EXSEQ", _SUBJECT, _SEQ,
    """
    EXLNKID | Link ID | text | | Assigned | ECLNKID of what was performed
    EXTRT | Name of Treatment | text | | Protocol | the drug or course
    """,
    _amounts("EC, where ECOCCUR is Y"), _EPOCH, _days("EX", "Treatment", "EC, where ECOCCUR is Y"),
)  # fmt: skip
DS = _specification(
    "DS", "Disposition", "one record per milestone or end", "STUDYID USUBJID DSSEQ", _SUBJECT, _SEQ,
    """
    DSTERM | Reported Term for the Disposition Event | text | | Collected | the recorded event and its reason
    DSDECOD | Standardized Disposition Term | text | NCOMPLT, PROTMLST | Assigned | the codelist's term for it
    DSCAT | Category for Disposition Event | text | DSCAT | Assigned | milestone, or disposition event
    DSSCAT | Subcategory for Disposition Event | text | DSSCAT | Assigned | what ended: all study treatment, one \
        treatment, participation
    """,
    _EPOCH,
    f"""
    DSSTDTC | Start Date/Time of Disposition Event | text | ISO 8601 | Collected | the day of the event
    DSSTDY | Study Day of Start of Disposition Event | integer | | Derived | {STUDY_DAY_NOTE}
    """,
)  # fmt: skip
AE = _specification(
    "AE", "Adverse Events", "one record per adverse event", "STUDYID USUBJID AESEQ", _SUBJECT, _SEQ,
    """
    AESPID | Sponsor-Defined Identifier | text | | Collected | the number that it keeps in the log
    AETERM | Reported Term for the Adverse Event | text | | Collected | the term as recorded
    AELLT | Lowest Level Term | text | MedDRA | Assigned | CTCAE's term, which is a MedDRA lowest level term; \
        missing where it is none of CTCAE
    AEDECOD | Dictionary-Derived Term | text | MedDRA | Assigned | not coded here: MedDRA is needed for it
    AESER | Serious Event | text | NY | Collected | serious
    AEACN | Action Taken with Study Treatment | text | ACN | Derived | the orders that name the adverse event as \
        their reason
    AEREL | Causality | text | NY | Collected | Y where it is held related to a treatment; which ones is in SUPPAE
    AEOUT | Outcome of Adverse Event | text | OUT | Derived | from its grades
    AETOXGR | Standard Toxicity Grade | text | TOXGR | Collected | the worst grade; each change is in SUPPAE
    """,
    _EPOCH, _days("AE", "Adverse Event", "onset, and the day on which it was over"),
)  # fmt: skip
RS = _specification(
    "RS", "Disease Response and Clin Classification", "one record per assessment", "STUDYID USUBJID RSSEQ", _SUBJECT,
    _SEQ,
    """
    RSTESTCD | Assessment Short Name | text | ONCRTSCD | Assigned | OVRLRESP
    RSTEST | Assessment Name | text | ONCRTS | Assigned | Overall Response
    RSCAT | Category for Assessment | text | ONCRSCAT | Collected | the criteria
    RSORRES | Result or Finding in Original Units | text | | Collected | the assessment
    RSSTRESC | Character Result/Finding in Std Format | text | ONCRSR | Assigned | the codelist's term for it
    """,
    _VISIT, _EPOCH,
    f"""
    RSDTC | Date/Time of Assessment | text | ISO 8601 | Collected | the day of the assessment
    RSDY | Study Day of Assessment | integer | | Derived | {STUDY_DAY_NOTE}
    """,
)  # fmt: skip
DV = _specification(
    "DV", "Protocol Deviations", "one record per deviation", "STUDYID USUBJID DVSEQ", _SUBJECT, _SEQ,
    """
    DVREFID | Reference ID | text | | Derived | the entry of the calendar that it is about
    DVTERM | Protocol Deviation Term | text | | Derived | what happened, from the list of deviations
    DVDECOD | Protocol Deviation Coded Term | text | | Derived | what sort of deviation it is
    DVCAT | Category for Protocol Deviation | text | | Collected | important or not, where a person judged it
    """,
    _EPOCH,
    f"""
    DVSTDTC | Start Date/Time of Deviation | text | ISO 8601 | Derived | the day of it
    DVSTDY | Study Day of Start of Deviation | integer | | Derived | {STUDY_DAY_NOTE}
    """,
)  # fmt: skip
DA = _specification(
    "DA", "Product Accountability", "one record per count of units", "STUDYID USUBJID DASEQ", _SUBJECT, _SEQ,
    """
    DAREFID | Reference ID | text | | Collected | the lot
    DATESTCD | Short Name of Accountability Assessment | text | DATESTCD | Assigned | handed out, brought back or lost
    DATEST | Name of Accountability Assessment | text | DATEST | Assigned | the same in words
    DACAT | Category | text | | Protocol | the treatment
    DASCAT | Subcategory | text | | Collected | the strength, where there are several
    DAORRES | Assessment Result in Original Units | text | | Collected | the number of units
    DAORRESU | Original Units | text | UNIT | Protocol | the unit of the product
    DASTRESC | Character Result/Finding in Std Format | text | | Derived | the same number
    DASTRESN | Numeric Result/Finding in Standard Units | float | | Derived | the same number
    DASTRESU | Standard Units | text | UNIT | Derived | the same unit
    """,
    _EPOCH,
    f"""
    DADTC | Date/Time of Accountability Assessment | text | ISO 8601 | Collected | the recorded day
    DADY | Study Day of Accountability Assessment | integer | | Derived | {STUDY_DAY_NOTE}
    """,
)  # fmt: skip


def _supplemental(domain: str, what: str) -> Specification:
    lines = f"""
    STUDYID | Study Identifier | text | | Protocol | the protocol's study
    RDOMAIN | Related Domain Abbreviation | text | DOMAIN | Assigned | {domain}
    USUBJID | Unique Subject Identifier | text | | Assigned | the study and the patient's number
    IDVAR | Identifying Variable | text | | Assigned | {domain}SEQ
    IDVARVAL | Identifying Variable Value | text | | Assigned | its value
    QNAM | Qualifier Variable Name | text | | Assigned | {what}
    QLABEL | Qualifier Variable Label | text | | Assigned | what it is
    QVAL | Data Value | text | | Collected | what QORIG says: recorded, found by the program, or said by the protocol
    QORIG | Origin | text | | Assigned | CRF, DERIVED or PROTOCOL
    """
    keys = "STUDYID RDOMAIN USUBJID IDVAR IDVARVAL QNAM"
    label = f"Supplemental Qualifiers for {domain}"
    return _specification(f"SUPP{domain}", label, "one record per qualifier", keys, lines)


SUPPAE = _supplemental(
    "AE", "treatments that it is related to, changes of grade, several actions, the version of CTCAE"
)
SUPPDV = _supplemental(
    "DV", "days outside the window, the protocol's sentence, the cause, when it was found and reported"
)
SUPPDA = _supplemental("DA", "the cycle that units are for, and their expiry")

_RANGE = """
    AWU | Analysis Window Unit | text | | Assigned | DAYS
    AWRANGE | Analysis Window Valid Relative Range | text | | Derived | the same in words
    """
AWINDOW = _specification(
    "AWINDOW", "Windows of Planned Visits", "one record per planned visit, per arm where arms differ",
    "STUDYID ARMCD AVISITN",
    f"""
    STUDYID | Study Identifier | text | | Protocol | the protocol's study
    ARMCD | Planned Arm Code | text | | Protocol | the arm, where arms differ
    AVISITN | Analysis Visit (N) | float | | Assigned | VISITNUM of TV
    AVISIT | Analysis Visit | text | | Protocol | VISIT of TV
    AWTARGET | Analysis Window Target | integer | | Protocol | the planned study day: {STUDY_DAY_NOTE}; missing where \
        a date of the patient or the working days of a site make it
    AWLO | Analysis Window Beginning Timepoint | integer | | Protocol | the first day of the window
    AWHI | Analysis Window Ending Timepoint | integer | | Protocol | the last day of the window
    """,
    _RANGE,
    """
    AWRULE | Sentence of the Protocol | text | | Protocol | what the planned day counts from: where it is an \
        earlier dose or visit, a patient's own days differ, and are in AWSUBJ
    """,
)  # fmt: skip
AWSUBJ = _specification(
    "AWSUBJ", "Windows of a Patient's Visits", "one record per planned visit of a patient that was due",
    "STUDYID USUBJID AVISITN",
    f"""
    STUDYID | Study Identifier | text | | Protocol | the protocol's study
    USUBJID | Unique Subject Identifier | text | | Derived | STUDYID and SUBJID
    AVISITN | Analysis Visit (N) | float | | Assigned | VISITNUM of TV
    AVISIT | Analysis Visit | text | | Protocol | VISIT of TV
    AWTARGET | Analysis Window Target | integer | | Derived | the ideal day of the patient's calendar: {STUDY_DAY_NOTE}
    AWLO | Analysis Window Beginning Timepoint | integer | | Derived | the first day that the patient's calendar \
        allows: deviations are judged by it
    AWHI | Analysis Window Ending Timepoint | integer | | Derived | the last day that it allows
    """,
    _RANGE,
    "AWRULE | Sentence of the Protocol | text | | Protocol | what the day counts from",
)  # fmt: skip

ALL = (TA, TE, TV, TI, TS, DM, SE, SV, EC, EX, DS, AE, SUPPAE, RS, DV, SUPPDV, DA, SUPPDA, AWINDOW, AWSUBJ)
"""Every dataset that is written, in order."""
