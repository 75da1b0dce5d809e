import { OTHER_KEY } from './keyring.ts';

/** Why an encrypted object of a backup cannot be opened, for whoever restores it; what says enough itself, as a full disk does, as it says it. */
export function openingFault(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  if (said.includes(OTHER_KEY))
    return 'was encrypted with another master key: name that of the server it was saved from in FORAMEN_MASTER_KEY_FILE';
  // What the cipher says of any changed byte.
  return /unable to authenticate/i.test(said)
    ? 'is damaged: its bytes are not those that were written'
    : said;
}
