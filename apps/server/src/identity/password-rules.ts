/**
 * What a password must be: long, and not one that is tried first. No rule about digits or capitals, and no end after so many days: both make
 * people choose worse ones (NIST SP 800-63B, 5.1.1.2).
 */
export const SHORTEST_PASSWORD = 12;
/** Characters; more would only cost time to hash. */
export const LONGEST_PASSWORD = 1_000;

/** What people who are asked for twelve characters type, without digits and signs at the end. */
const TRIED_FIRST = new Set([
  'password',
  'passwort',
  'motdepasse',
  'contrasena',
  'letmein',
  'welcome',
  'changeme',
  'administrator',
  'admin',
  'foramen',
  'qwerty',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'iloveyou',
  'correcthorsebatterystaple',
  'thequickbrownfox',
  'hospital',
  'radiology',
]);
const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiopasdfghjklzxcvbnm'];

/** @returns why it will not do, in words that follow "the password", or undefined when it will. */
export function passwordFault(
  password: string,
  person: { readonly login: string; readonly name: string },
): string | undefined {
  const count = [...password].length;
  if (count < SHORTEST_PASSWORD) return `has ${count} characters: at least ${SHORTEST_PASSWORD} are wanted`;
  if (count > LONGEST_PASSWORD) return `is longer than ${LONGEST_PASSWORD} characters`;
  const plain = password.normalize('NFKC').toLowerCase();
  if (new Set(plain).size < 5) return 'repeats a few characters';
  const letters = plain.replace(/[^\p{L}\p{N}]/gu, '');
  const word = letters.replace(/\p{N}+$/u, '').replace(/^\p{N}+/u, '');
  if (ROWS.some((row) => row.includes(letters) || [...row].reverse().join('').includes(letters)))
    return 'is a row of keys';
  const half = word.slice(0, word.length / 2);
  if (TRIED_FIRST.has(word) || (half !== '' && half + half === word && TRIED_FIRST.has(half)))
    return 'is one of those that are tried first';
  const own = [person.login, ...person.login.split(/[@._-]/), ...person.name.split(/\s+/)]
    .map((part) => part.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''))
    .filter((part) => part.length >= 4);
  // A name among other words is no harm; a name and little else is.
  const beyond = own.reduce((rest, part) => rest.replaceAll(part, ''), letters);
  if (beyond.length < letters.length && [...beyond].length < 8)
    return 'is little more than your name or login';
  return undefined;
}
