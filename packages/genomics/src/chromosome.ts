/** One spelling of a chromosome name: `1`, `chr1` and `CHR1` are `chr1`; `MT` and `M` are `chrM`; RefSeq names are known too. */
export function chromosomeName(name: string): string {
  const refseq = /^NC_0+(\d+)\.\d+$/.exec(name);
  if (refseq) {
    const n = Number(refseq[1]);
    if (n === 12920) return 'chrM';
    return n === 23 ? 'chrX' : n === 24 ? 'chrY' : `chr${n}`;
  }
  const bare = name.replace(/^chr/i, '').toUpperCase();
  return bare === 'MT' || bare === 'M' ? 'chrM' : `chr${bare}`;
}
