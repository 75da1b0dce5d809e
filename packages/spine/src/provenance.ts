/** What made a result, so that it can be replayed bit for bit. */
export interface ModelReference {
  readonly id: string;
  readonly version: string;
  /** Lower-case hex SHA-256 of the model file. */
  readonly sha256: string;
}

/** The place in the picture that a finding was read from. */
export interface ImageEvidence {
  readonly seriesUid?: string;
  readonly sopInstanceUid?: string;
  /** Zero-based index of the slice in the volume. */
  readonly slice: number;
  /** [row0, column0, row1, column1] in pixels of the source slice; end exclusive. */
  readonly box: readonly [number, number, number, number];
  readonly models: readonly ModelReference[];
}
