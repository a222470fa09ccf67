-- The criteria of trials/NCT06534528.crit as SQL writes them, over a table `patients` of one row a patient: who
-- passes each (null: unknown), then the counts in one row. What crit knows and SQL does not is written out: the
-- day a window begins, what a complete record leaves out, what an attribute that is missing leaves open.
CREATE MACRO there(began, day, closed) AS CASE WHEN began <= day THEN true WHEN closed THEN false END;
CREATE MACRO during(happened, low, high, closed) AS CASE WHEN happened BETWEEN low AND high THEN true WHEN closed THEN false END;
-- Some record may match and none does for certain: a type, a severity or a substance is not said.
CREATE MACRO maybe(began, day, closed) AS CASE WHEN began <= day THEN NULL WHEN closed THEN false END;
CREATE MACRO judged(answer, who, given, day) AS CASE WHEN who IS NOT NULL AND given <= day THEN answer END;
CREATE MACRO latest(result, given, day) AS CASE WHEN given <= day THEN result END;
CREATE MACRO within(result, given, low, day) AS CASE WHEN given BETWEEN low AND day THEN result END;
-- A flag of women: of a man it is false, and where the sex is not known a yes is none.
CREATE MACRO of_women(answer, sex) AS CASE WHEN sex = 'male' THEN false WHEN sex = 'female' OR NOT answer THEN answer END;
-- What has begun and has no end: it is there on the day it began, and until `until` at most.
CREATE MACRO lasting(began, low, high, until, closed) AS
  CASE WHEN began BETWEEN low AND high THEN true WHEN began <= high AND until >= low THEN NULL WHEN closed THEN false END;

CREATE VIEW known AS
SELECT *,
  contains(complete, 'conditions') AS all_conditions,
  contains(complete, 'drugs') AS all_drugs,
  contains(complete, 'events') AS all_events,
  there(azathioprine_start, screening, false) AS azathioprine,
  there(methotrexate_start, screening, false) AS methotrexate
FROM patients;

CREATE VIEW passes AS
SELECT
  birth_date + INTERVAL 18 YEAR <= screening AS I1,
  CASE WHEN ILD_start <= screening OR IPF_start <= screening THEN true
       WHEN ILD_none OR all_conditions THEN false END AS I2,
  latest(ALT, ALT_date, screening) <= 2.5 * ALT_ULN
    AND latest(AST, AST_date, screening) <= 2.5 * AST_ULN
    AND latest(TBIL, TBIL_date, screening) <= 2 * TBIL_ULN
    AND latest(DBIL, DBIL_date, screening) <= 1.5 * DBIL_ULN
    AND latest(creatinine, creatinine_date, screening) <= 3 * creatinine_ULN AS I3,
  within(DLCO, DLCO_date, screening - INTERVAL 3 MONTH, screening) BETWEEN 30 AND 80
    AND within(FVC, FVC_date, screening - INTERVAL 3 MONTH, screening) BETWEEN 40 AND 70 AS I4,
  -- 5 mg of prednisone are as 4 mg of methylprednisolone
  NOT (CASE WHEN prednisone_start <= enrollment THEN prednisone_dose * 4 > 240 * 5 OR
                   CASE WHEN NOT all_drugs THEN NULL ELSE false END
            WHEN all_drugs AND enrollment <= screening THEN false END
    OR during(irregular_corticosteroid_use_date, enrollment - 3, enrollment,
          irregular_corticosteroid_use_none OR (all_events AND enrollment <= screening))) AS E1,
  CASE WHEN azathioprine AND methotrexate THEN false
       WHEN azathioprine_start > screening - 28 AND azathioprine
         OR methotrexate_start > screening - 28 AND methotrexate THEN false
       WHEN all_drugs THEN true END AS E2,
  -- an ILD may be an IPF, unless that is denied
  NOT (CASE WHEN IPF_start <= screening THEN true WHEN IPF_none OR ILD_none THEN false
            WHEN ILD_start <= screening THEN NULL WHEN all_conditions THEN false END
    AND (there(amiodarone_start, screening, amiodarone_none OR all_drugs)
      OR there(methotrexate_start, screening, all_drugs))) AS E3,
  NOT (during(mechanical_ventilation_date, screening - INTERVAL 1 MONTH, screening,
          mechanical_ventilation_none OR all_events)
    -- over after 3 months at the latest
    OR lasting(pneumonia_start, screening - INTERVAL 1 MONTH, screening, pneumonia_start + INTERVAL 3 MONTH,
               pneumonia_none OR all_conditions)
    OR there(asthma_start, screening, asthma_none OR all_conditions)
    OR latest(FEV1_FVC_pre, FEV1_FVC_pre_date, screening) < 70
    OR judged(lung_abnormality, lung_abnormality_by, lung_abnormality_date, screening)
    OR maybe(oxygen_therapy_start, screening, oxygen_therapy_none OR all_events)) AS E4,
  NOT (of_women(pregnant, sex) OR of_women(lactating, sex)) AS E5,
  NOT maybe(malignancy_start, screening, malignancy_none OR all_conditions) AS E6,
  -- a row has one at most
  CASE WHEN hospitalization_none OR all_events THEN true END AS E7,
  NOT judged(E8, E8_by, E8_date, screening) AS E8,
  NOT there(substance_abuse_start, screening, substance_abuse_none OR all_conditions) AS E9,
  NOT maybe(allergy_start, screening, allergy_none OR all_conditions) AS E10,
  NOT lasting(trial_participation_start, screening - INTERVAL 3 MONTH, screening, screening,
              trial_participation_none OR all_events) AS E11,
  NOT (there(stem_cell_therapy_date, screening, stem_cell_therapy_none OR all_drugs)
    OR there(stem_cell_transplant_date, screening, stem_cell_transplant_none OR all_conditions)) AS E12,
  NOT judged(E13, E13_by, E13_date, screening) AS E13,
  NOT (judged(bronchoscopy_intolerance, bronchoscopy_intolerance_by, bronchoscopy_intolerance_date, screening)
    -- a bleeding, over after a month at the latest
    OR lasting(massive_hemoptysis_start, screening, screening, massive_hemoptysis_start + INTERVAL 1 MONTH,
               massive_hemoptysis_none OR all_conditions)
    OR maybe(hypertension_start, screening, hypertension_none OR all_conditions)
    OR maybe(arrhythmia_start, screening, arrhythmia_none OR all_conditions)) AS E14
FROM known;

-- Of an AND, false outweighs what is unknown: false is ineligible, null undetermined.
CREATE VIEW verdicts AS
SELECT *,
  I1 AND I2 AND I3 AND I4 AND E1 AND E2 AND E3 AND E4 AND E5 AND E6 AND E7 AND E8 AND E9 AND E10 AND E11 AND
  E12 AND E13 AND E14 AS joins
FROM passes;

CREATE VIEW counts AS
SELECT count(*), count_if(NOT joins), count_if(joins IS NULL),
  count_if(NOT I1), count_if(I1 IS NULL), count_if(NOT I2), count_if(I2 IS NULL),
  count_if(NOT I3), count_if(I3 IS NULL), count_if(NOT I4), count_if(I4 IS NULL),
  count_if(NOT E1), count_if(E1 IS NULL), count_if(NOT E2), count_if(E2 IS NULL),
  count_if(NOT E3), count_if(E3 IS NULL), count_if(NOT E4), count_if(E4 IS NULL),
  count_if(NOT E5), count_if(E5 IS NULL), count_if(NOT E6), count_if(E6 IS NULL),
  count_if(NOT E7), count_if(E7 IS NULL), count_if(NOT E8), count_if(E8 IS NULL),
  count_if(NOT E9), count_if(E9 IS NULL), count_if(NOT E10), count_if(E10 IS NULL),
  count_if(NOT E11), count_if(E11 IS NULL), count_if(NOT E12), count_if(E12 IS NULL),
  count_if(NOT E13), count_if(E13 IS NULL), count_if(NOT E14), count_if(E14 IS NULL)
FROM verdicts;
