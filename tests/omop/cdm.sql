-- The columns of the OMOP CDM 5.4 that crit reads, by OHDSI's names and types, for databases that tests make.
CREATE TABLE cdm_source (cdm_source_name VARCHAR(255), cdm_version VARCHAR(10));
CREATE TABLE concept (concept_id INTEGER PRIMARY KEY, concept_name VARCHAR(255), vocabulary_id VARCHAR(20), standard_concept VARCHAR(1), concept_code VARCHAR(50), invalid_reason VARCHAR(1));
CREATE TABLE concept_relationship (concept_id_1 INTEGER, concept_id_2 INTEGER, relationship_id VARCHAR(20), invalid_reason VARCHAR(1));
CREATE TABLE concept_ancestor (ancestor_concept_id INTEGER, descendant_concept_id INTEGER, min_levels_of_separation INTEGER, max_levels_of_separation INTEGER);
CREATE TABLE person (person_id INTEGER PRIMARY KEY, gender_concept_id INTEGER, year_of_birth INTEGER, month_of_birth INTEGER, day_of_birth INTEGER);
CREATE TABLE death (person_id INTEGER, death_date DATE);
CREATE TABLE measurement (measurement_id INTEGER PRIMARY KEY, person_id INTEGER, measurement_concept_id INTEGER, measurement_date DATE, measurement_datetime TIMESTAMP, operator_concept_id INTEGER, value_as_number NUMERIC, value_as_concept_id INTEGER, unit_concept_id INTEGER, range_low NUMERIC, range_high NUMERIC, measurement_source_concept_id INTEGER, unit_source_value VARCHAR(50), value_source_value VARCHAR(50));
CREATE TABLE observation (observation_id INTEGER PRIMARY KEY, person_id INTEGER, observation_concept_id INTEGER, observation_date DATE, observation_datetime TIMESTAMP, value_as_number NUMERIC, value_as_string VARCHAR(60), value_as_concept_id INTEGER, unit_concept_id INTEGER, observation_source_concept_id INTEGER, unit_source_value VARCHAR(50), value_source_value VARCHAR(50));
CREATE TABLE condition_occurrence (condition_occurrence_id INTEGER PRIMARY KEY, person_id INTEGER, condition_concept_id INTEGER, condition_start_date DATE, condition_end_date DATE, condition_status_concept_id INTEGER, condition_source_concept_id INTEGER);
CREATE TABLE drug_exposure (drug_exposure_id INTEGER PRIMARY KEY, person_id INTEGER, drug_concept_id INTEGER, drug_exposure_start_date DATE, drug_exposure_end_date DATE, quantity NUMERIC, days_supply INTEGER, drug_source_concept_id INTEGER);
CREATE TABLE drug_strength (drug_concept_id INTEGER, ingredient_concept_id INTEGER, amount_value NUMERIC, amount_unit_concept_id INTEGER, numerator_value NUMERIC, numerator_unit_concept_id INTEGER, denominator_value NUMERIC, denominator_unit_concept_id INTEGER, box_size INTEGER, invalid_reason VARCHAR(1));
CREATE TABLE procedure_occurrence (procedure_occurrence_id INTEGER PRIMARY KEY, person_id INTEGER, procedure_concept_id INTEGER, procedure_date DATE, procedure_end_date DATE, procedure_source_concept_id INTEGER);
CREATE TABLE visit_occurrence (visit_occurrence_id INTEGER PRIMARY KEY, person_id INTEGER, visit_concept_id INTEGER, visit_start_date DATE, visit_end_date DATE);
-- indexes
CREATE INDEX concept_by_code ON concept (concept_code);
CREATE INDEX relationship_by_concept ON concept_relationship (concept_id_1);
CREATE INDEX ancestor_by_concept ON concept_ancestor (ancestor_concept_id);
CREATE INDEX measurement_by_person ON measurement (person_id);
CREATE INDEX measurement_by_concept ON measurement (measurement_concept_id);
CREATE INDEX observation_by_person ON observation (person_id);
CREATE INDEX condition_by_person ON condition_occurrence (person_id);
CREATE INDEX condition_by_concept ON condition_occurrence (condition_concept_id);
CREATE INDEX drug_by_person ON drug_exposure (person_id);
CREATE INDEX drug_by_concept ON drug_exposure (drug_concept_id);
CREATE INDEX strength_by_ingredient ON drug_strength (ingredient_concept_id);
CREATE INDEX procedure_by_person ON procedure_occurrence (person_id);
CREATE INDEX visit_by_person ON visit_occurrence (person_id);
