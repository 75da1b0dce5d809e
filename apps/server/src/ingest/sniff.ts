import type { StudySource } from '../database/schema.ts';

/** What a file is by its first bytes (and, for NIfTI and MetaImage, its name); undefined for what we do not read. */
export function sniffImage(name: string, head: Uint8Array): StudySource | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes.length >= 132 && bytes.toString('latin1', 128, 132) === 'DICM') return 'dicom';
  if (bytes.length >= 8 && bytes.readUInt32BE(0) === 0x89504e47) return 'png';
  if (/\.nii(\.gz)?$/i.test(name)) {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'nifti';
    const size = bytes.length >= 4 ? bytes.readUInt32LE(0) : 0;
    if (size === 348 || size === 540) return 'nifti';
  }
  if (/^\s*(ObjectType|NDims|Comment)\s*=/i.test(bytes.toString('latin1', 0, 64))) return 'mha';
  // Group 0002 or 0008 little endian at the start: a DICOM file without preamble.
  if (
    bytes.length >= 132 &&
    (bytes.readUInt16LE(0) === 0x0008 || bytes.readUInt16LE(0) === 0x0002) &&
    bytes[1] === 0
  )
    return 'dicom';
  return undefined;
}
