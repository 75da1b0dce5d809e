/** DICOM as bytes: data sets, files, pixels, network messages. Nothing here knows about spines. */

export * from './data-set.ts';
export { DICTIONARY, type Keyword, keywordOf, type Tag } from './dictionary.ts';
export * from './network/dimse.ts';
export * from './network/negotiate.ts';
export * from './network/pdu.ts';
export { decodePdu } from './network/pdu-decode.ts';
export { encodePdu } from './network/pdu-encode.ts';
export { PduStream, type PduStreamLimits } from './network/pdu-stream.ts';
export {
  type CodecFrame,
  type Codecs,
  createCodecs,
  type InflateRaw,
  type LoadWasm,
  type WasmCodec,
} from './pixels/codecs.ts';
export { type ColourFrame, decodeColourFrame, isColour } from './pixels/colour.ts';
export { decodeGreyFrame, type GreyFrame, type GreySamples, NATIVE } from './pixels/decode.ts';
export { storedFrame } from './pixels/frames.ts';
export {
  type GreyWindow,
  greyPicture,
  paddingOf,
  WINDOW_SHAPES,
  type WindowShape,
} from './pixels/grey-scale.ts';
export { type PixelShape, pixelShape } from './pixels/shape.ts';
export { type DicomFile, looksLikeDicom, type ReadOptions, readDataSet, readDicom } from './read.ts';
export { hex, sha256, sha256OfText } from './sha256.ts';
export { isUid, SOP_CLASS, TRANSFER_SYNTAX, uidFromSeed } from './uid.ts';
export {
  type BytesVr,
  isBytesVr,
  isNumberVr,
  isSingleValued,
  isVr,
  type NumberVr,
  type TextVr,
  type Vr,
} from './vr.ts';
export { implicitVr } from './vr-table.ts';
export {
  encodeDataSet,
  encodeForTransfer,
  part10Head,
  type WriteOptions,
  writePart10,
} from './write.ts';
