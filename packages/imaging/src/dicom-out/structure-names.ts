import {
  DISC_LABEL,
  type DiscLevel,
  LABEL_CANAL,
  LABEL_CORD,
  LABEL_SACRUM,
  VERTEBRA_LABEL,
  type Vertebra,
} from '@foramen/spine';

/**
 * Label value of a structure by the names other tools give: `vertebrae_L5`, `L4 vertebra`, `disc_L4_L5`, `L5/S1 disc`,
 * `IVD L3-L4`, `spinal_canal`, `sacrum`. Undefined when the name is none of these.
 */
export function labelOfName(name: string): number | undefined {
  const upper = name.toUpperCase().replace(/[_/\s]+/g, '-');
  const pair = /\b([TL]\d{1,2})-?-([TLS]\d{1,2})\b/.exec(upper.replace(/([TL]\d{1,2})([TLS]\d)/g, '$1-$2'));
  if (pair) return DISC_LABEL[`${pair[1]}-${pair[2]}` as DiscLevel];
  if (/SACR|\bS1\b/.test(upper)) return LABEL_SACRUM;
  if (/CANAL|DURAL-SAC|THECAL/.test(upper)) return LABEL_CANAL;
  if (/CORD|MYELON/.test(upper)) return LABEL_CORD;
  const one = /(?:^|[^A-Z])([TL]\d{1,2})(?:$|[^0-9])/.exec(upper);
  if (one && !/DIS[CK]|IVD/.test(upper)) return VERTEBRA_LABEL[one[1] as Vertebra];
  return undefined;
}
