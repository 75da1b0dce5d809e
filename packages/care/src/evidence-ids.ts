/** Records of the evidence base that several files lean on, named once. */
export const ID = {
  agreementRoot: 'agreement/idh-root-impingement',
  agreementMorphology: 'agreement/idh-disc-morphology',
  agreementForaminal: 'agreement/sps-foraminal',
  agreementRecess: 'agreement/sps-subarticular',
  agreementSchizas: 'agreement/schizas',
  agreementModic: 'agreement/modic',
  agreementDegeneration: 'agreement/disc-degeneration',
  agreementCentral: 'agreement/sps-central',
  agreementHiz: 'agreement/hiz',
  agreementSlip: 'agreement/slip',
} as const;
