import { describe, expect, it } from 'vitest';
import { drugNameIn } from './drug-names-in.ts';

describe("a medicine's name in a language", () => {
  it('is what that language writes, list by list, and stays where nothing else is known', () => {
    expect(drugNameIn('Amitriptyline', 'es-MX')).toBe('Amitriptilina');
    expect(drugNameIn('codeine, tramadol', 'es')).toBe('codeína, tramadol');
    expect(drugNameIn('codeine', 'en')).toBe('codeine');
    expect(drugNameIn('Adiro 100', 'es')).toBe('Adiro 100');
    expect(drugNameIn('constructor', 'es')).toBe('constructor');
  });
});
