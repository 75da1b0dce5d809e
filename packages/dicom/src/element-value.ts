import { isSingleValued, type NumberVr, type Vr, wordSize } from './vr.ts';

/** Bytes as characters of the same code, for VRs outside the character set rules. */
export function latin1(raw: Uint8Array): string {
  let out = '';
  for (let i = 0; i < raw.length; i += 4096) out += String.fromCharCode(...raw.subarray(i, i + 4096));
  return out;
}

/** Values of a text element: split at backslashes where the VR allows several, padding trimmed. */
export function splitText(decoded: string, vr: Vr): readonly string[] {
  const keepLeading = isSingleValued(vr) || vr === 'UC';
  const trim = (value: string): string => {
    let end = value.length;
    while (end > 0 && (value.charCodeAt(end - 1) === 0x20 || value.charCodeAt(end - 1) === 0)) end--;
    let start = 0;
    if (!keepLeading) while (start < end && value.charCodeAt(start) === 0x20) start++;
    return value.slice(start, end);
  };
  if (isSingleValued(vr)) {
    const whole = trim(decoded);
    return whole === '' ? [] : [whole];
  }
  if (!decoded.includes('\\')) {
    const whole = trim(decoded);
    return whole === '' ? [] : [whole];
  }
  return decoded.split('\\').map(trim);
}

/** Values of a binary number element; a partial value at the end is left out. */
export function readNumbers(vr: NumberVr, raw: Uint8Array, little: boolean): readonly number[] {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const size = vr === 'AT' ? 4 : wordSize(vr);
  const out: number[] = [];
  for (let at = 0; at + size <= raw.length; at += size) {
    switch (vr) {
      case 'AT':
        out.push(((view.getUint16(at, little) << 16) | view.getUint16(at + 2, little)) >>> 0);
        break;
      case 'US':
        out.push(view.getUint16(at, little));
        break;
      case 'SS':
        out.push(view.getInt16(at, little));
        break;
      case 'UL':
        out.push(view.getUint32(at, little));
        break;
      case 'SL':
        out.push(view.getInt32(at, little));
        break;
      case 'FL':
        out.push(view.getFloat32(at, little));
        break;
      case 'FD':
        out.push(view.getFloat64(at, little));
        break;
      case 'SV':
        out.push(Number(view.getBigInt64(at, little)));
        break;
      case 'UV':
        out.push(Number(view.getBigUint64(at, little)));
        break;
    }
  }
  return out;
}
