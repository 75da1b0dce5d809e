import { describe, expect, it } from 'vitest';
import { bareCase } from '../bare-case.fixture.ts';
import { takenDrugs } from './drug-classes.ts';

const names = (...entries: readonly string[]): readonly string[] =>
  takenDrugs(bareCase({ medications: entries.map((name) => ({ name })) })).map((d) => d.name);

describe('drug names as people write them', () => {
  it.each([
    ['Zoloft 50 mg', ['sertraline']],
    ['amitriptilina 25', ['amitriptyline']],
    ['Metotrexato semanal', ['methotrexate']],
    ['oxicodona/naloxona', ['oxycodone']],
    ['Tegretol', ['carbamazepine']],
    ["St John's wort", ["St John's wort"]],
    ['paracetamol + tramadol', ['tramadol']],
    ['MS Contin 30 mg', ['morphine']],
    ['MST Continus', ['morphine']],
    ['Hydromorph Contin 3 mg', ['hydromorphone']],
    ['ibuprofen 400 mg as needed', ['ibuprofen']],
    ['ASA 100', ['aspirin']],
    ['paracetamol some days', []],
    ['Soma', ['carisoprodol']],
    ['Enantyum 25', ['dexketoprofen']],
    ['dexketoprofeno', ['dexketoprofen']],
    ['Hibor 3500 UI', ['bemiparin']],
    ['Lexatin 1,5 por la noche', ['bromazepam']],
    ['bupropión', ['bupropion']],
    ['vitamin D', []],
  ])('%s', (entry, generic) => {
    expect(names(entry)).toEqual(generic);
  });

  it('gives each drug of a combination', () => {
    expect(names('naproxen with aspirin')).toEqual(['naproxen', 'aspirin']);
  });
});
