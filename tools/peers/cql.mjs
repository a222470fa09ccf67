// Counts with cql-execution what the criteria of trials/NCT06534528.crit make of crit's NDJSON, as criteria.sql does with
// SQL: cql.mjs FOLDER FILE, where FOLDER is the one that npm has put cql-execution into. Prints the counts in one line, then
// the seconds and the seconds of processor time from making the library to the counts: what node takes to begin is not its.
//
// cql-execution runs ELM, the form that CQL is compiled to. It is made here by functions that read like CQL, and the data
// model is the facts of a patient as plain objects: nothing is spent on FHIR.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import readline from 'node:readline';

const [folder, file] = process.argv.slice(2);
const cql = createRequire(path.resolve(folder, 'package.json'))('cql-execution');

// ---- ELM ----------------------------------------------------------------------------------------------------------------

const of = (type, ...operand) => ({ type, operand });
const unary = (type, operand) => ({ type, operand });
const literal = (kind, value) => ({ type: 'Literal', valueType: `{urn:hl7-org:elm-types:r1}${kind}`, value: String(value) });
const number = value => literal(Number.isInteger(value) ? 'Integer' : 'Decimal', value);
const text = value => literal('String', value);
const yes = literal('Boolean', true), no = literal('Boolean', false), unknown = { type: 'Null' };

const ref = name => ({ type: 'ExpressionRef', name });
const fact = name => ({ type: 'Property', path: name, source: ref('Patient') });
const field = (name, which) => ({ type: 'Property', path: which, source: fact(name) });
const start = name => field(name, 'start'), date = name => field(name, 'date');

const not = a => unary('Not', a);
const and = (...all) => all.reduce((a, b) => of('And', a, b));
const or = (...all) => all.reduce((a, b) => of('Or', a, b));
const upTo = (a, b) => of('SameOrBefore', a, b);
const between = (a, low, high) => and(of('SameOrAfter', a, low), upTo(a, high));
const inRange = (a, low, high) => and(of('GreaterOrEqual', a, number(low)), of('LessOrEqual', a, number(high)));
const times = (n, a) => of('Multiply', number(n), a);
const after = (day, value, unit) => of('Add', day, { type: 'Quantity', value, unit });
const before = (day, value, unit) => of('Subtract', day, { type: 'Quantity', value, unit });
// The first case that is true; unknown where none is.
const cases = (...items) => ({ type: 'Case', caseItem: items.map(([when, then]) => ({ when, then })), else: unknown });

// ---- what crit knows and CQL does not, as in criteria.sql -----------------------------------------------------------------

const screening = fact('screening'), enrollment = fact('enrollment');
const allConditions = ref('all conditions'), allDrugs = ref('all drugs'), allEvents = ref('all events');
const quarterAgo = ref('3 months before'), monthAgo = ref('1 month before'), weeksAgo = ref('28 days before');
const complete = part => of('In', text(part), fact('complete'));

const denied = name => unary('IsFalse', fact(name));
const closed = (name, all) => or(denied(name), all);
const there = (began, none) => cases([upTo(began, screening), yes], [none, no]);
const during = (happened, low, high, none) => cases([between(happened, low, high), yes], [none, no]);
// Some record may match and none does for certain: a type, a severity or a substance is not said.
const maybe = (began, none) => cases([upTo(began, screening), unknown], [none, no]);
// What has begun and has no end: it is there on the day it began, and until `until` at most.
const lasting = (began, low, until, none) => cases([between(began, low, screening), yes],
  [and(upTo(began, screening), of('SameOrAfter', until, low)), unknown], [none, no]);

const judged = name => cases([and(not(unary('IsNull', field(name, 'by'))), upTo(date(name), screening)), field(name, 'value')]);
const latest = name => cases([upTo(date(name), screening), field(name, 'value')]);
const within = (name, low) => cases([between(date(name), low, screening), field(name, 'value')]);
const belowLimit = (name, n) => of('LessOrEqual', latest(name), times(n, field(name, 'uln')));
// A flag of women: of a man it is false, and where the sex is not known a yes is none.
const ofWomen = name => cases([of('Equal', fact('sex'), text('male')), no],
  [or(of('Equal', fact('sex'), text('female')), not(fact(name))), fact(name)]);

const isThere = (name, all) => there(start(name), closed(name, all));
const mayBeThere = (name, all) => maybe(start(name), closed(name, all));
const wasThere = (name, all) => there(date(name), closed(name, all));

// ---- the criteria: who passes each --------------------------------------------------------------------------------------

// 5 mg of prednisone are as 4 mg of methylprednisolone
const highDose = cases([upTo(start('prednisone'), enrollment),
  or(of('Greater', times(4, field('prednisone', 'dose')), number(240 * 5)), cases([allDrugs, no]))],
  [and(allDrugs, upTo(enrollment, screening)), no]);
const recent = name => and(of('After', start(name), weeksAgo), ref(name));

const passes = {
  I1: upTo(after(fact('birth_date'), 18, 'years'), screening),
  I2: cases([or(upTo(start('ILD'), screening), upTo(start('IPF'), screening)), yes], [closed('ILD', allConditions), no]),
  I3: and(belowLimit('ALT', 2.5), belowLimit('AST', 2.5), belowLimit('TBIL', 2), belowLimit('DBIL', 1.5),
    belowLimit('creatinine', 3)),
  I4: and(inRange(within('DLCO', quarterAgo), 30, 80), inRange(within('FVC', quarterAgo), 40, 70)),
  E1: not(or(highDose, during(date('irregular_corticosteroid_use'), before(enrollment, 3, 'days'), enrollment,
    or(denied('irregular_corticosteroid_use'), and(allEvents, upTo(enrollment, screening)))))),
  E2: cases([and(ref('azathioprine'), ref('methotrexate')), no], [or(recent('azathioprine'), recent('methotrexate')), no],
    [allDrugs, yes]),
  // an ILD may be an IPF, unless that is denied
  E3: not(and(cases([upTo(start('IPF'), screening), yes], [or(denied('IPF'), denied('ILD')), no],
    [upTo(start('ILD'), screening), unknown], [allConditions, no]),
  or(isThere('amiodarone', allDrugs), there(start('methotrexate'), allDrugs)))),
  E4: not(or(during(date('mechanical_ventilation'), monthAgo, screening, closed('mechanical_ventilation', allEvents)),
    // over after 3 months at the latest
    lasting(start('pneumonia'), monthAgo, after(start('pneumonia'), 3, 'months'), closed('pneumonia', allConditions)),
    isThere('asthma', allConditions),
    of('Less', latest('FEV1_FVC_pre'), number(70)),
    judged('lung_abnormality'),
    mayBeThere('oxygen_therapy', allEvents))),
  E5: not(or(ofWomen('pregnant'), ofWomen('lactating'))),
  E6: not(mayBeThere('malignancy', allConditions)),
  E7: cases([closed('hospitalization', allEvents), yes]),  // a patient has one at most
  E8: not(judged('E8')),
  E9: not(isThere('substance_abuse', allConditions)),
  E10: not(mayBeThere('allergy', allConditions)),
  E11: not(lasting(start('trial_participation'), quarterAgo, screening, closed('trial_participation', allEvents))),
  E12: not(or(wasThere('stem_cell_therapy', allDrugs), wasThere('stem_cell_transplant', allConditions))),
  E13: not(judged('E13')),
  E14: not(or(judged('bronchoscopy_intolerance'),
    // a bleeding, over after a month at the latest
    lasting(start('massive_hemoptysis'), screening, after(start('massive_hemoptysis'), 1, 'month'),
      closed('massive_hemoptysis', allConditions)),
    mayBeThere('hypertension', allConditions),
    mayBeThere('arrhythmia', allConditions))),
};

// Each is reckoned once a patient.
const shared = {
  Patient: { type: 'SingletonFrom', operand: { type: 'Retrieve', dataType: 'Patient' } },
  'all conditions': complete('conditions'),
  'all drugs': complete('drugs'),
  'all events': complete('events'),
  '3 months before': before(screening, 3, 'months'),
  '1 month before': before(screening, 1, 'month'),
  '28 days before': before(screening, 28, 'days'),
  azathioprine: cases([upTo(start('azathioprine'), screening), yes]),
  methotrexate: cases([upTo(start('methotrexate'), screening), yes]),
};

function library() {
  const def = Object.entries({ ...shared, ...passes }).map(([name, expression]) => ({ name, context: 'Patient', expression }));
  return new cql.Library({
    library: { identifier: { id: 'NCT06534528', version: '1' }, schemaIdentifier: { id: 'urn:hl7-org:elm', version: 'r1' },
      statements: { def } },
  });
}

// ---- patients -----------------------------------------------------------------------------------------------------------

// cql.Date.parse takes a third of the whole time for checking what is known to be right.
const dateOf = iso => new cql.Date(+iso.slice(0, 4), +iso.slice(5, 7), +iso.slice(8));

// The facts of a line, with `screening` and `complete` among them.
function factsOf(line) {
  const { facts, screening, complete } = JSON.parse(line);
  for (const name in facts) {
    const record = facts[name];
    if (record.start) record.start = dateOf(record.start);
    if (record.date) record.date = dateOf(record.date);
  }
  for (const name of ['enrollment', 'birth_date']) if (facts[name]) facts[name] = dateOf(facts[name]);
  return Object.assign(facts, { screening: dateOf(screening), complete });
}

// One patient a call, so that the results of all are never held.
function sourceOf(facts) {
  let patient = { getId: () => 'one', findRecords: () => [facts] };
  return { currentPatient: () => patient, nextPatient: () => (patient = undefined) };
}

async function count() {
  const executor = new cql.Executor(library());
  const names = Object.keys(passes), counts = Array(3 + 2 * names.length).fill(0);
  for await (const line of readline.createInterface({ input: fs.createReadStream(file) })) {
    const results = await executor.exec(sourceOf(factsOf(line)));
    const answers = results.patientResults.one;
    let failed = false, open = false;
    names.forEach((name, i) => {
      const fails = answers[name] === false, isOpen = answers[name] !== false && answers[name] !== true;
      counts[3 + 2 * i] += fails;
      counts[4 + 2 * i] += isOpen;
      failed ||= fails;
      open ||= isOpen;
    });
    ++counts[0];
    counts[1] += failed;
    counts[2] += !failed && open;
  }
  return counts;
}

const begin = performance.now(), work = process.cpuUsage();
const counts = await count();
const { user, system } = process.cpuUsage(work);
console.log(counts.join(' '));
console.log(`${((performance.now() - begin) / 1e3).toFixed(6)} ${((user + system) / 1e6).toFixed(6)}`);
