import agreement from '../data/agreement.json' with { type: 'json' };
import anatomy from '../data/anatomy.json' with { type: 'json' };
import antithrombotics from '../data/antithrombotics.json' with { type: 'json' };
import associations from '../data/associations.json' with { type: 'json' };
import baseRates from '../data/base-rates.json' with { type: 'json' };
import benchmarks from '../data/benchmarks.json' with { type: 'json' };
import bleedingClasses from '../data/bleeding-classes.json' with { type: 'json' };
import careEngine from '../data/care-engine.json' with { type: 'json' };
import careSources from '../data/care-sources.json' with { type: 'json' };
import changes from '../data/changes.json' with { type: 'json' };
import conclusions from '../data/conclusions.json' with { type: 'json' };
import contraindications from '../data/contraindications.json' with { type: 'json' };
import costs from '../data/costs.json' with { type: 'json' };
import effects from '../data/effects.json' with { type: 'json' };
import genetics from '../data/genetics.json' with { type: 'json' };
import gradings from '../data/gradings.json' with { type: 'json' };
import guidelines from '../data/guidelines.json' with { type: 'json' };
import harms from '../data/harms.json' with { type: 'json' };
import instruments from '../data/instruments.json' with { type: 'json' };
import likelihoods from '../data/likelihoods.json' with { type: 'json' };
import naturalHistory from '../data/natural-history.json' with { type: 'json' };
import parameters from '../data/parameters.json' with { type: 'json' };
import performance from '../data/performance.json' with { type: 'json' };
import postTest from '../data/post-test.json' with { type: 'json' };
import predictive from '../data/predictive.json' with { type: 'json' };
import prerequisites from '../data/prerequisites.json' with { type: 'json' };
import prevalence from '../data/prevalence.json' with { type: 'json' };
import prognostic from '../data/prognostic.json' with { type: 'json' };
import sources from '../data/sources.json' with { type: 'json' };
import tables from '../data/tables.json' with { type: 'json' };
import thresholds from '../data/thresholds.json' with { type: 'json' };
import treatments from '../data/treatments.json' with { type: 'json' };
import type { EvidenceRecord, EvidenceSource } from './record.ts';

/** The topic files of the base, by name. */
const TOPICS = {
  agreement,
  anatomy,
  antithrombotics,
  associations,
  'base-rates': baseRates,
  benchmarks,
  'bleeding-classes': bleedingClasses,
  'care-engine': careEngine,
  changes,
  conclusions,
  contraindications,
  costs,
  effects,
  genetics,
  gradings,
  guidelines,
  harms,
  instruments,
  likelihoods,
  'natural-history': naturalHistory,
  parameters,
  performance,
  'post-test': postTest,
  predictive,
  prerequisites,
  prevalence,
  prognostic,
  tables,
  thresholds,
  treatments,
} as const;

/** Shipped data are validated against the schema by the tests and by `foramen evidence check`, not at every start. */
export const RECORDS = Object.values(TOPICS).flat() as unknown as readonly EvidenceRecord[];
export const SOURCES = [...sources, ...careSources] as unknown as readonly EvidenceSource[];
