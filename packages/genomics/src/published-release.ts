import { fail, ok, type Result } from '@foramen/spine/problem';
import { z } from 'zod';

/** A gene's symbol, as HGNC writes them; it becomes the name of a file. */
const geneName = z.string().regex(/^[A-Z][A-Z0-9]{1,14}(?:-[A-Z0-9]{1,6})?$/);

const bases = z.string().regex(/^[ACGT]+$/, 'is not a run of the bases A, C, G, T');

const variant = z.object({
  position: z.int().positive(),
  rsid: z.string().nullish(),
  chromosomeHgvsName: z.string(),
  ref: bases,
  alts: z.array(bases).min(1),
});

/** The parts of a published definition file (ClinPGx/PharmCAT, format version 2) that hold facts. */
const definition = z
  .object({
    gene: geneName,
    version: z.string(),
    modificationDate: z.string(),
    chromosome: z.string().regex(/^chr([1-9]|1\d|2[0-2]|X|Y|M)$/, 'is not a chromosome'),
    genomeBuild: z.string().regex(/38/, 'is not GRCh38').optional(),
    variants: z.array(variant).min(1),
    namedAlleles: z
      .array(
        z.object({
          name: z.string().min(1),
          reference: z.boolean(),
          alleles: z.array(z.string().nullable()),
        }),
      )
      .min(1),
  })
  .superRefine(({ variants, namedAlleles }, context) => {
    const say = (message: string) => context.addIssue({ code: 'custom', message });
    const references = namedAlleles.filter((allele) => allele.reference).length;
    const twice = <T>(all: readonly T[]) => all.find((one, at) => all.indexOf(one) !== at);
    const position = twice(variants.map((one) => one.position));
    if (position !== undefined) say(`names the position ${position} twice`);
    const name = twice(namedAlleles.map((one) => one.name));
    if (name !== undefined) say(`names the allele ${name} twice`);
    if (references !== 1) say(`holds ${references} reference alleles where one is needed`);
    for (const { name, alleles } of namedAlleles) {
      if (alleles.length !== variants.length)
        say(`allele ${name} has ${alleles.length} bases for ${variants.length} positions`);
      alleles.forEach((base, at) => {
        const known = variants[at];
        if (base === null || known === undefined || /^[RYSWKMBDHVN]$/.test(base)) return;
        if (base !== known.ref && !known.alts.includes(base))
          say(
            `allele ${name} has ${base} at ${known.position}, which is ${known.ref} or ${known.alts.join(', ')}`,
          );
      });
    }
  });

const phenotype = z.object({
  gene: geneName,
  version: z.string(),
  haplotypes: z.record(z.string(), z.string()),
  activityValues: z.record(z.string(), z.string()),
  namedAlleles: z.array(z.object({ name: z.string(), functionValue: z.string().nullish() })).optional(),
  diplotypes: z.array(
    z.object({
      diplotypekey: z.record(z.string(), z.number()),
      generesult: z.string(),
      activityScore: z.string().nullable(),
    }),
  ),
});

const exemption = z.object({
  requiredPositions: z.array(z.number()).optional(),
  ignoredAlleles: z.array(z.string()).optional(),
  unphasedDiplotypePriorities: z.array(z.object({ list: z.array(z.string()), pick: z.string() })).optional(),
  amp1Alleles: z.array(z.string()).optional(),
});

export type PublishedVariant = z.infer<typeof variant>;
export type PublishedDefinition = z.infer<typeof definition>;
export type PublishedPhenotype = z.infer<typeof phenotype>;
export type PublishedExemption = z.infer<typeof exemption>;

function read<T>(schema: z.ZodType<T>, what: string, value: unknown, where: string): Result<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const at = issue?.path.join('.') ?? '';
  return fail({
    code: 'unreadable',
    severity: 'error',
    where,
    what: `not ${what}: ${at ? `${at} ` : ''}${issue?.message ?? ''}`,
    help: 'Fetch the release again; a new format of the release needs a new reader',
  });
}

/** A parsed `GENE_translation.json`, or what is wrong with it. */
export const readDefinition = (value: unknown, where: string): Result<PublishedDefinition> =>
  read(definition, 'an allele definition', value, where);
/** A parsed phenotype file: functions, activity values and what each pair means. */
export const readPhenotype = (value: unknown, where: string): Result<PublishedPhenotype> =>
  read(phenotype, 'a phenotype table', value, where);
/** One gene's entry of `exemptions.json`. */
export const readExemption = (value: unknown, where: string): Result<PublishedExemption> =>
  read(exemption, 'an exemption', value, where);
