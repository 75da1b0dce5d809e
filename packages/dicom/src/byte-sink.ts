/** A growing little-endian byte buffer. */
export class ByteSink {
  private buffer = new Uint8Array(1024);
  private view = new DataView(this.buffer.buffer);
  private used = 0;

  get length(): number {
    return this.used;
  }

  private room(count: number): number {
    const at = this.used;
    const need = at + count;
    if (need > this.buffer.length) {
      const grown = new Uint8Array(Math.max(need, this.buffer.length * 2));
      grown.set(this.buffer.subarray(0, at));
      this.buffer = grown;
      this.view = new DataView(grown.buffer);
    }
    this.used = need;
    return at;
  }

  u8(value: number): void {
    const at = this.room(1);
    this.view.setUint8(at, value);
  }
  u16(value: number): void {
    const at = this.room(2);
    this.view.setUint16(at, value, true);
  }
  u32(value: number): void {
    const at = this.room(4);
    this.view.setUint32(at, value, true);
  }
  i64(value: number): void {
    const at = this.room(8);
    this.view.setBigInt64(at, BigInt(Math.trunc(value)), true);
  }
  f32(value: number): void {
    const at = this.room(4);
    this.view.setFloat32(at, value, true);
  }
  f64(value: number): void {
    const at = this.room(8);
    this.view.setFloat64(at, value, true);
  }
  ascii(value: string): void {
    const at = this.room(value.length);
    for (let i = 0; i < value.length; i++) this.buffer[at + i] = value.charCodeAt(i) & 0xff;
  }
  bytes(value: Uint8Array): void {
    const at = this.room(value.length);
    this.buffer.set(value, at);
  }
  /** Overwrites four bytes written before, for a length known only afterwards. */
  patchU32(at: number, value: number): void {
    this.view.setUint32(at, value, true);
  }
  /** The bytes so far, copied to their own buffer. */
  take(): Uint8Array<ArrayBuffer> {
    return this.buffer.slice(0, this.used);
  }
}
