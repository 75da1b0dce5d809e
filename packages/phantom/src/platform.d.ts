/** What every runtime offers (WHATWG Encoding); declared here because the packages name no platform. */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
