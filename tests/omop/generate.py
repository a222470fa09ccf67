"""Persons of an OMOP CDM 5.4 as CSV, a file a table, with a small vocabulary of their own: codes, what they map to, and
a hierarchy. The same persons, told independently of any SQL, as crit's long CSV in patients.csv.

usage: generate.py PERSONS FOLDER
"""
import csv
import datetime
import fractions
import os
import random
import sys

SCREENING = datetime.date(2025, 3, 1)

# Concepts: a number, vocabulary, code, standard or not. Numbers above 2,000,000,000 are a site's own.
CONCEPTS = {}
PARENT = {}  # of standard concepts
MAPS = []


def concept(vocabulary, code, standard=True, parent=None, maps_to=None, number=None, name=None):
    number = number or 2_000_000_000 + len(CONCEPTS)
    CONCEPTS[number] = (name or f"{vocabulary} {code}", vocabulary, "S" if standard else "", code)
    if parent:
        PARENT[number] = parent
    if maps_to:
        MAPS.append((number, maps_to))
    return number


ALT, HBA1C, CRP = (concept("LOINC", c) for c in ("1742-6", "4548-4", "1988-5"))
SMOKING, ECOG = concept("LOINC", "72166-2"), concept("LOINC", "89247-1")
OTHER_LABS = [concept("LOINC", f"9{i}000-1") for i in range(30)]
ANSWERS = {"never": concept("SNOMED", "266919005", name="Never smoked tobacco"),
           "former": concept("SNOMED", "8517006", name="Ex-smoker"),
           "current": concept("SNOMED", "449868002", name="Smokes tobacco daily")}
UNITS = {"U/L": concept("UCUM", "U/L", number=8645), "%": concept("UCUM", "%", number=8554),
         "mg/L": concept("UCUM", "mg/L", number=8751), "mmol/mol": concept("UCUM", "mmol/mol", number=9579),
         "mg": concept("UCUM", "mg", number=8576), "ug": concept("UCUM", "ug", number=9655),
         "mL": concept("UCUM", "mL", number=8587), "[U]": concept("UCUM", "[U]", number=8510)}

MALIGNANT = concept("SNOMED", "1001")
BREAST = concept("SNOMED", "1002", parent=MALIGNANT)
BREAST_LEFT = concept("SNOMED", "1003", parent=BREAST)
BASAL = concept("SNOMED", "1004", parent=MALIGNANT)
RARE_TUMOUR = concept("SNOMED", "1005", parent=MALIGNANT)
HEART_FAILURE = concept("SNOMED", "1006")
HEART_FAILURE_LEFT = concept("SNOMED", "1007", parent=HEART_FAILURE)
LUNG = concept("SNOMED", "1008")
ILD = concept("SNOMED", "1009", parent=LUNG)
IPF = concept("SNOMED", "1010", parent=ILD)
COPD_WORSE = concept("SNOMED", "195951007", parent=LUNG)
OTHER_DISEASES = [concept("SNOMED", f"11{i:03}") for i in range(40)]
ICD_C80, ICD_C50 = (concept("ICD10CM", c, False, maps_to=m) for c, m in (("C80.1", MALIGNANT), ("C50.911", BREAST)))
ICD_C44 = concept("ICD10CM", "C44.01", False, maps_to=BASAL)
ICD_I50 = concept("ICD10CM", "I50.9", False, maps_to=HEART_FAILURE)
ICD_J84, ICD_IPF = (concept("ICD10CM", c, False, maps_to=m) for c, m in (("J84.9", ILD), ("J84.112", IPF)))
ICD_M54 = concept("ICD10CM", "M54.5", False, maps_to=OTHER_DISEASES[0])
PREGNANT = concept("SNOMED", "77386006")
PCI = concept("SNOMED", "415070008")
OTHER_PROCEDURE = concept("SNOMED", "1201")

PREDNISONE, METFORMIN = concept("RxNorm", "8640"), concept("RxNorm", "6809")
PREDNISONE_5 = concept("RxNorm", "312617", parent=PREDNISONE)
METFORMIN_500 = concept("RxNorm", "861007", parent=METFORMIN)
DEXAMETHASONE, METHYLPREDNISOLONE = concept("RxNorm", "3264"), concept("RxNorm", "6902")


def product(*ingredients):
    made = concept("RxNorm", f"98{len(CONCEPTS):03}", parent=ingredients[0])
    MORE_PARENTS.extend((i, made) for i in ingredients[1:])
    return made


MORE_PARENTS = []
# Of a piece: ingredient, amount, unit. What follows has none that can be reckoned with.
STRENGTHS = {PREDNISONE_5: [(PREDNISONE, "5", "mg")], product(PREDNISONE): [(PREDNISONE, "2.5", "mg")],
             product(DEXAMETHASONE): [(DEXAMETHASONE, "0.75", "mg")],
             product(DEXAMETHASONE): [(DEXAMETHASONE, "1500", "ug")],
             product(METHYLPREDNISOLONE): [(METHYLPREDNISOLONE, "16", "mg")],
             METFORMIN_500: [(METFORMIN, "500", "mg")],
             product(PREDNISONE, METFORMIN): [(PREDNISONE, "1", "mg"), (METFORMIN, "500", "mg")],
             product(PREDNISONE, DEXAMETHASONE): [(PREDNISONE, "3", "mg"), (DEXAMETHASONE, "0.1", "mg")]}
SOLUTION, TWICE, BOXED, OLD, ACTIVITY, WITHOUT_UNIT, TOO_FINE = (product(PREDNISONE) for _ in range(7))
NAMES = {PREDNISONE: "prednisone", DEXAMETHASONE: "dexamethasone", METHYLPREDNISOLONE: "methylprednisolone"}
OTHER_DRUGS = [concept("RxNorm", f"99{i:03}") for i in range(40)]
MMR, FLU = concept("CVX", "03"), concept("CVX", "140")
INPATIENT = concept("Visit", "IP", number=9201)
EMERGENCY = concept("Visit", "ER", number=9203)
OUTPATIENT = concept("Visit", "OP", number=9202)

# What an observation tells of the past, and of whom else it may tell; a code of such a history maps to the first.
HISTORY = concept("OMOP Extension", "OMOP5165859", number=1340204)
HISTORIES = [HISTORY, concept("OMOP Extension", "OMOP1", parent=HISTORY), concept("SNOMED", "417662000", number=4214956)]
FAMILY_HISTORY = concept("SNOMED", "416471007", number=4167217)
HAD_KIDNEY = concept("SNOMED", "161665007", False, maps_to=HISTORY)

# A standard concept, a source concept, and the name in crit's vocabulary that the two have.
DISEASES = [(BREAST, ICD_C50, "breast_cancer"), (BREAST_LEFT, 0, "breast_cancer"),
            (BASAL, ICD_C44, "skin_basal_cell_carcinoma"), (BASAL, 0, "skin_basal_cell_carcinoma"),
            (RARE_TUMOUR, 0, "malignancy"), (MALIGNANT, ICD_C80, "malignancy"),
            (HEART_FAILURE, ICD_I50, "heart_failure"), (HEART_FAILURE_LEFT, 0, "heart_failure"),
            (0, ICD_I50, "heart_failure"), (ILD, ICD_J84, "ILD"), (IPF, 0, "IPF"), (IPF, ICD_IPF, "IPF"),
            (COPD_WORSE, 0, "COPD_exacerbation")]
EVENTS = {"COPD_exacerbation"}
DRUGS = [(PREDNISONE, "prednisone"), (SOLUTION, "prednisone"), (TWICE, "prednisone"), (BOXED, "prednisone"),
         (OLD, "prednisone"), (ACTIVITY, "prednisone"), (WITHOUT_UNIT, "prednisone"), (TOO_FINE, "prednisone"),
         (MMR, "MMR_vaccine"), (FLU, None)]
# What a history is of, as its value and by its source, and the name.
PAST = [(BREAST, 0, "breast_cancer"), (BASAL, ICD_C44, "skin_basal_cell_carcinoma"),
        (COPD_WORSE, 0, "COPD_exacerbation"), (PCI, 0, "PCI"), (PREDNISONE_5, 0, "prednisone"),
        (OTHER_PROCEDURE, HAD_KIDNEY, "kidney_transplant"), (0, HAD_KIDNEY, "kidney_transplant"),
        (OTHER_DISEASES[1], 0, None), (OTHER_DISEASES[2], ICD_M54, None), (0, 0, None)]

COLUMNS = {
    "cdm_source": "cdm_source_name,cdm_version",
    "concept": "concept_id,concept_name,vocabulary_id,standard_concept,concept_code,invalid_reason",
    "concept_relationship": "concept_id_1,concept_id_2,relationship_id,invalid_reason",
    "concept_ancestor": "ancestor_concept_id,descendant_concept_id,min_levels_of_separation,max_levels_of_separation",
    "person": "person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth",
    "death": "person_id,death_date",
    "measurement": "measurement_id,person_id,measurement_concept_id,measurement_date,measurement_datetime,"
                   "operator_concept_id,value_as_number,value_as_concept_id,unit_concept_id,range_low,range_high,"
                   "measurement_source_concept_id,unit_source_value,value_source_value",
    "observation": "observation_id,person_id,observation_concept_id,observation_date,observation_datetime,"
                   "value_as_number,value_as_string,value_as_concept_id,unit_concept_id,"
                   "observation_source_concept_id,unit_source_value,value_source_value",
    "condition_occurrence": "condition_occurrence_id,person_id,condition_concept_id,condition_start_date,"
                            "condition_end_date,condition_status_concept_id,condition_source_concept_id",
    "drug_exposure": "drug_exposure_id,person_id,drug_concept_id,drug_exposure_start_date,drug_exposure_end_date,"
                     "quantity,days_supply,drug_source_concept_id",
    "drug_strength": "drug_concept_id,ingredient_concept_id,amount_value,amount_unit_concept_id,numerator_value,"
                     "numerator_unit_concept_id,denominator_value,denominator_unit_concept_id,box_size,invalid_reason",
    "procedure_occurrence": "procedure_occurrence_id,person_id,procedure_concept_id,procedure_date,"
                            "procedure_end_date,procedure_source_concept_id",
    "visit_occurrence": "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_end_date",
}
PATIENT_COLUMNS = "patient,fact,value,unit,date,start,end,lln,uln,suspected"


class Writer:
    def __init__(self, folder, name, columns):
        self.file = open(os.path.join(folder, name + ".csv"), "w", newline="")
        self.columns = columns.split(",")
        self.rows = csv.writer(self.file, lineterminator="\n")
        self.rows.writerow(self.columns)
        self.count = 0

    def add(self, **cells):
        self.count += 1
        self.rows.writerow([cells.get(c, "") for c in self.columns])


def dose(drug, name, quantity, days):
    """What is taken of a drug by that name a day, where the pieces a day are whole quarters."""
    amounts = [(amount, unit) for i, amount, unit in STRENGTHS.get(drug, ()) if NAMES.get(i) == name]
    if not amounts or quantity in ("", 0) or days == "":
        return {}
    pieces = fractions.Fraction(str(quantity)) / days
    if (pieces * 4).denominator != 1:
        return {}
    (amount, unit), = amounts
    return {"value": float(pieces * fractions.Fraction(amount)), "unit": f"{unit}/d"}


class Person:
    def __init__(self, out, number, random_numbers):
        self.out, self.number, self.r = out, number, random_numbers

    def fact(self, name, **cells):
        if name:
            self.out["patients"].add(patient=self.number, fact=name, **cells)

    def day(self, years):
        return SCREENING - datetime.timedelta(days=int(self.r.random() ** 2 * 365 * years))

    def row(self, table, **cells):
        self.out[table].add(**{f"{table}_id": self.out[table].count + 1, "person_id": self.number, **cells})

    def itself(self):
        r = self.r
        year, month, day = r.randint(1935, 2010), r.randint(1, 12), r.randint(1, 28)
        known = r.choices((3, 2, 1), (90, 5, 5))[0]
        female = r.random() < 0.5
        self.out["person"].add(person_id=self.number, gender_concept_id=8532 if female else 8507, year_of_birth=year,
                               month_of_birth=month if known > 1 else "", day_of_birth=day if known > 2 else "")
        self.fact("birth_date", value="-".join((f"{year}", f"{month:02}", f"{day:02}")[:known]))
        self.fact("sex", value="female" if female else "male")
        if r.random() < 0.02:
            died = SCREENING + datetime.timedelta(days=r.randint(-300, 100))
            self.out["death"].add(person_id=self.number, death_date=died)
            self.fact("death", value=died)
        return female

    def lab(self, number, name, value, unit, low="", high="", operator=0):
        date = self.day(3)
        time = f"{self.r.randint(7, 18):02}:{self.r.randint(0, 59):02}" if self.r.random() < 0.3 else "00:00"
        as_source = self.r.random() < 0.2
        self.row("measurement", measurement_concept_id=number, measurement_date=date,
                 measurement_datetime=f"{date} {time}:00", operator_concept_id=operator, value_as_number=value,
                 unit_concept_id=0 if as_source else UNITS.get(unit, 0), unit_source_value=unit, range_low=low,
                 range_high=high, measurement_source_concept_id=number if self.r.random() < 0.5 else 0)
        shown = {0: "", 4171756: "<", 4172704: ">"}[operator]
        self.fact(name, value=f"{shown}{value}", unit=unit, lln=low, uln=high,
                  date=date if time == "00:00" else f"{date}T{time}")

    def labs(self):
        r = self.r
        for _ in range(r.randint(0, 4)):
            self.lab(ALT, "ALT", round(r.lognormvariate(3.4, 0.6), 1), "U/L", 7, r.choice((35, 40, 45)))
        for _ in range(r.randint(0, 3)):
            percent = round(r.uniform(4.5, 11), 1)
            if r.random() < 0.2:
                self.lab(HBA1C, "HbA1c", round((percent - 2.15) * 10.93, 1), "mmol/mol")
            else:
                self.lab(HBA1C, "HbA1c", percent, "%")
        for _ in range(r.randint(0, 2)):
            below = r.random() < 0.3
            self.lab(CRP, "CRP", 5 if below else round(r.expovariate(0.1), 1), "mg/L", operator=4171756 if below else 0)
        for _ in range(r.randint(5, 25)):
            self.lab(r.choice(OTHER_LABS), None, round(r.uniform(1, 200), 2), "mg/L")

    def answers(self):
        r = self.r
        if r.random() < 0.8:
            word, date = r.choice(("never", "former", "current")), self.day(4)
            coded = r.random() < 0.7
            self.row("observation", observation_concept_id=SMOKING, observation_date=date,
                     value_as_concept_id=ANSWERS[word] if coded else 0, value_as_string="" if coded else word.title())
            self.fact("smoking_status", value=word, date=date)
        if r.random() < 0.8:
            grade, date = r.randint(0, 3), self.day(1)
            self.row("measurement", measurement_concept_id=ECOG, measurement_date=date, value_as_number=grade,
                     operator_concept_id=0, value_as_concept_id=0)
            self.fact("ECOG", value=grade, date=date)

    def conditions(self):
        r = self.r
        for _ in range(r.randint(0, 6)):
            start = self.day(8)
            known = r.random() < 0.25
            standard, source, name = r.choice(DISEASES) if known else (r.choice(OTHER_DISEASES), ICD_M54, None)
            end = r.choice(("", start, start + datetime.timedelta(days=r.randint(1, 900))))
            status = r.choices((0, 32899, 4188893, 32906), (85, 5, 5, 5))[0]
            if r.random() < 0.15:  # a history, told with days that are long past
                status = 4188893
                start -= datetime.timedelta(days=365 * r.randint(0, 12))
                end = start + datetime.timedelta(days=r.randint(0, 60))
            self.row("condition_occurrence", condition_concept_id=standard, condition_source_concept_id=source,
                     condition_start_date=start, condition_end_date=end,
                     condition_status_concept_id=HISTORY if status == 4188893 and self.number % 2 else status)
            if status == 4188893:
                self.fact(name, value="yes")
            else:
                on_one_day = end == start or (end == "" and (name in EVENTS or status == 32906))
                days = {"date": start} if on_one_day else {"start": start, "end": end}
                self.fact(name, suspected="yes" if status == 32899 else "", **days)

    def pregnancy(self):
        start = self.day(3)
        end = start + datetime.timedelta(days=270)
        self.row("condition_occurrence", condition_concept_id=PREGNANT, condition_start_date=start,
                 condition_end_date=end if end < SCREENING else "", condition_status_concept_id=0)
        self.fact("pregnant", value="yes", date=start)
        if end < SCREENING:
            self.fact("pregnant", value="no", date=end)

    def histories(self):
        r = random.Random(self.number)
        for _ in range(r.choices((0, 1, 2), (70, 20, 10))[0]):
            of_family = r.random() < 0.2
            value, source, name = r.choice(PAST)
            self.row("observation", observation_concept_id=FAMILY_HISTORY if of_family else r.choice(HISTORIES),
                     observation_date=SCREENING - datetime.timedelta(days=r.randint(1, 9000)),
                     value_as_concept_id=value, observation_source_concept_id=0 if of_family else source)
            if not of_family:
                self.fact(name, value="yes")

    def drugs(self):
        r = self.r
        for _ in range(r.randint(0, 8)):
            start = self.day(3)
            number, name = r.choice(DRUGS) if r.random() < 0.2 else (r.choice(OTHER_DRUGS), None)
            if r.random() < 0.2:
                number, name = r.choice(list(STRENGTHS)), None
            names = [NAMES[i] for i, _, _ in STRENGTHS.get(number, ()) if i in NAMES] or [name]
            days = r.choice(("", 1, 14, 90))
            quantity = r.choice(("", 30, 90, 180, 45, 22.5, 14, 7, 1, 0.5, 10, 31.3, 0))
            end = start if number in (MMR, FLU) or days in ("", 1) else start + datetime.timedelta(days=days - 1)
            is_given = r.random() < 0.9 or number in (MMR, FLU)
            self.row("drug_exposure", drug_concept_id=number, drug_exposure_start_date=start,
                     drug_exposure_end_date=end if is_given else "", days_supply=days, quantity=quantity)
            one_day = name != "MMR_vaccine" and (days == "" or (end == start and days != 1))
            for name in names:
                self.fact(name, **({"date": start} if one_day else {"start": start, "end": end}),
                          **dose(number, name, quantity, days))

    def later(self):
        """What began after the screening, but where one day alone is known of it: it may have been there before."""
        r = random.Random(-self.number)
        date = SCREENING + datetime.timedelta(days=r.randint(1, 60))
        lasts = r.random() < 0.3
        end = date + datetime.timedelta(days=13) if lasts else date
        days = {"start": date, "end": end} if lasts else {"date": date}
        if r.random() < 0.1:
            status = r.choice((0, 32906))
            self.row("condition_occurrence", condition_concept_id=ILD, condition_start_date=date,
                     condition_end_date=end if lasts or not status else "", condition_status_concept_id=status)
            self.fact("ILD", **days)
        if r.random() < 0.1:
            self.row("drug_exposure", drug_concept_id=SOLUTION, drug_exposure_start_date=date, drug_exposure_end_date=end)
            self.fact("prednisone", **days)
        if r.random() < 0.1:
            self.row("drug_exposure", drug_concept_id=MMR, drug_exposure_start_date=date, drug_exposure_end_date=date)
            self.fact("MMR_vaccine", start=date, end=date)

    def visits(self):
        r = self.r
        for _ in range(r.randint(1, 8)):
            start = self.day(3)
            kind = r.choices((OUTPATIENT, EMERGENCY, INPATIENT), (85, 9, 6))[0]
            end = start + datetime.timedelta(days=r.randint(0, 9) if kind == INPATIENT else 0)
            self.row("visit_occurrence", visit_concept_id=kind, visit_start_date=start, visit_end_date=end)
            if kind == INPATIENT:
                self.fact("hospitalization", start=start, end=end)
        for _ in range(r.randint(0, 2)):
            date = self.day(4)
            number = PCI if r.random() < 0.1 else OTHER_PROCEDURE
            self.row("procedure_occurrence", procedure_concept_id=number, procedure_date=date)
            if number == PCI:
                self.fact("PCI", date=date)


def write_vocabulary(out):
    out["cdm_source"].add(cdm_source_name="generated", cdm_version="5.4")
    for number, (name, vocabulary, standard, code) in CONCEPTS.items():
        out["concept"].add(concept_id=number, concept_name=name, vocabulary_id=vocabulary, standard_concept=standard,
                           concept_code=code)
        ancestor, levels = number, 0
        while ancestor and standard:
            out["concept_ancestor"].add(ancestor_concept_id=ancestor, descendant_concept_id=number,
                                        min_levels_of_separation=levels, max_levels_of_separation=levels)
            ancestor, levels = PARENT.get(ancestor), levels + 1
        if standard:
            MAPS.append((number, number))
    for ancestor, descendant in MORE_PARENTS:
        out["concept_ancestor"].add(ancestor_concept_id=ancestor, descendant_concept_id=descendant,
                                    min_levels_of_separation=1, max_levels_of_separation=1)
    for source, target in MAPS:
        out["concept_relationship"].add(concept_id_1=source, concept_id_2=target, relationship_id="Maps to")


def write_strengths(out):
    def add(drug, **cells):
        out["drug_strength"].add(drug_concept_id=drug, **{"ingredient_concept_id": PREDNISONE, **cells})

    for drug, ingredients in STRENGTHS.items():
        for ingredient, amount, unit in ingredients:
            add(drug, ingredient_concept_id=ingredient, amount_value=amount, amount_unit_concept_id=UNITS[unit])
    milligrams = {"amount_value": 5, "amount_unit_concept_id": UNITS["mg"]}
    add(SOLUTION, numerator_value=5, numerator_unit_concept_id=UNITS["mg"], denominator_unit_concept_id=UNITS["mL"])
    add(TWICE, **milligrams)
    add(TWICE, amount_value=5)
    add(BOXED, **milligrams, box_size=20)
    add(OLD, **milligrams, invalid_reason="D")
    add(ACTIVITY, amount_value=5, amount_unit_concept_id=UNITS["[U]"])
    add(WITHOUT_UNIT, amount_value=5)
    add(TOO_FINE, amount_value="5.0000001", amount_unit_concept_id=UNITS["mg"])


def main(count, folder):
    os.makedirs(folder, exist_ok=True)
    out = {name: Writer(folder, name, columns) for name, columns in COLUMNS.items()}
    out["patients"] = Writer(folder, "patients", PATIENT_COLUMNS)
    write_vocabulary(out)
    write_strengths(out)
    random_numbers = random.Random(5)
    for number in range(1, count + 1):
        person = Person(out, number, random_numbers)
        female = person.itself()
        person.labs()
        person.answers()
        person.conditions()
        if female and random_numbers.random() < 0.1:
            person.pregnancy()
        person.drugs()
        person.visits()
        person.histories()
        person.later()
    for writer in out.values():
        writer.file.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
