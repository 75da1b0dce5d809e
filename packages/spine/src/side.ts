/** The patient's own left and right. */
export type Side = 'left' | 'right';
/** Where a structure lies; `midline` is a finding, not a lack of information. */
export type Laterality = Side | 'bilateral' | 'midline' | 'unknown';

/** Axial zones of NASS 2.0 (Fardon 2014). */
export type AxialZone = 'central' | 'subarticular' | 'foraminal' | 'extraforaminal' | 'anterior' | 'unknown';
